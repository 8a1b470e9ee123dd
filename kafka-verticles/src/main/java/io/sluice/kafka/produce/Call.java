package io.sluice.kafka.produce;

import io.sluice.core.message.InvokeOutcome;
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

    void answer(InvokeOutcome outcome, OutcomeMail mail) {
        recipient.receive(id, outcome, mail);
    }
}
