package io.sluice.auth.access;

import java.util.function.Function;

/** Whether a caller is let in. */
public sealed interface Admission {
    <T> T fold(Function<Admitted, T> admitted, Function<Refused, T> refused);

    /** He is. */
    record Admitted(Caller caller) implements Admission {
        @Override
        public <T> T fold(Function<Admitted, T> admitted, Function<Refused, T> refused) {
            return admitted.apply(this);
        }
    }

    /** He is not. */
    record Refused(Refusal refusal) implements Admission {
        @Override
        public <T> T fold(Function<Admitted, T> admitted, Function<Refused, T> refused) {
            return refused.apply(this);
        }
    }
}
