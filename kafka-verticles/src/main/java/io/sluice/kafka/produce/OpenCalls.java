package io.sluice.kafka.produce;

import org.jspecify.annotations.Nullable;

/** The calls of a binding that have no outcome yet. Linked through the calls themselves. Belongs to one context. */
final class OpenCalls {
    private @Nullable Call first;
    private @Nullable Call last;

    void add(Call call) {
        Call before = last;
        call.before = before;
        if (before == null) {
            first = call;
        } else {
            before.after = call;
        }
        last = call;
    }

    void remove(Call call) {
        Call before = call.before;
        Call after = call.after;
        if (before == null) {
            first = after;
        } else {
            before.after = after;
        }
        if (after == null) {
            last = before;
        } else {
            after.before = before;
        }
        call.before = null;
        call.after = null;
    }

    boolean isEmpty() {
        return first == null;
    }

    /** Ends those whose records are with a producer that reports nothing any more. */
    void endForsaken() {
        Call call = first;
        while (call != null) {
            // Its outcome comes later, so that the calls stay linked meanwhile.
            call.endIfForsaken();
            call = call.after;
        }
    }
}
