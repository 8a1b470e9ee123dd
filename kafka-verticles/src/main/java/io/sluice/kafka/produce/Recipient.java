package io.sluice.kafka.produce;

import io.sluice.core.message.InvokeOutcome;

/** Who waits for the outcome of a call. Called on the verticle's context. */
@FunctionalInterface
interface Recipient {

    /**
     * @param id the caller's number of the call
     * @param mail takes what goes to one sender together
     */
    void receive(long id, InvokeOutcome outcome, OutcomeMail mail);
}
