package io.sluice.kafka.produce;

import io.sluice.core.bus.InvokeWithdrawal;
import io.sluice.core.message.Failure;
import io.sluice.core.message.InvokeOutcome;
import io.sluice.core.message.Reason;
import org.jspecify.annotations.Nullable;

/** One call of the binding. */
final class Call {
    /** What a call ends with that is withdrawn. */
    static final Failure WITHDRAWN = new Failure(Reason.DEADLINE_EXCEEDED, "the caller is gone");

    private final Recipient recipient;
    private final @Nullable String replyTo;
    private final long id;
    private final boolean supported;
    private final long startedAt;

    /** Its neighbours among {@link OpenCalls}. */
    @Nullable
    Call before;

    @Nullable
    Call after;

    private @Nullable Submission handedOver;

    /**
     * @param replyTo the address of the caller's outcomes, null for one that cannot withdraw it
     * @param id the caller's number of it
     * @param supported whether it asks for the one operation there is
     * @param startedAt {@link System#nanoTime()} of its arrival
     */
    Call(Recipient recipient, @Nullable String replyTo, long id, boolean supported, long startedAt) {
        this.recipient = recipient;
        this.replyTo = replyTo;
        this.id = id;
        this.supported = supported;
        this.startedAt = startedAt;
    }

    long id() {
        return id;
    }

    boolean supported() {
        return supported;
    }

    long startedAt() {
        return startedAt;
    }

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

    /** Its record is with a producer from here on; on the verticle's context. */
    void handedOver(Submission attempt) {
        handedOver = attempt;
    }

    /** Ends it if the producer that has its record reports nothing any more; on the verticle's context. */
    void endIfForsaken() {
        Submission attempt = handedOver;
        if (attempt != null) {
            attempt.failIfForsaken();
        }
    }
}
