package io.sluice.kafka.produce;

import io.sluice.core.bus.InvokeWithdrawal;
import io.sluice.core.message.Failure;
import io.sluice.core.message.InvokeOutcome;
import io.sluice.core.message.Reason;
import org.jspecify.annotations.Nullable;

/**
 * One call of the binding.
 *
 * @param replyTo the address of the caller's outcomes, null for one that cannot withdraw it
 * @param id the caller's number of it
 * @param supported whether it asks for the one operation there is
 * @param startedAt {@link System#nanoTime()} of its arrival
 */
record Call(Recipient recipient, @Nullable String replyTo, long id, boolean supported, long startedAt) {

    /** What a call ends with that is withdrawn. */
    static final Failure WITHDRAWN = new Failure(Reason.DEADLINE_EXCEEDED, "the caller is gone");

    /** Whether it came through an API of this gateway, which counts it in the memory for calls until it has its outcome. */
    boolean isCounted() {
        return replyTo != null;
    }

    boolean isWithdrawn(InvokeWithdrawal gone) {
        return replyTo != null && gone.includes(replyTo, id);
    }

    void answer(InvokeOutcome outcome, OutcomeMail mail) {
        recipient.receive(id, outcome, mail);
    }
}
