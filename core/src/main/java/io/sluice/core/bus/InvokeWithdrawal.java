package io.sluice.core.bus;

import java.util.HashSet;
import java.util.Set;

/** Calls of earlier {@link InvokeBatch}es whose callers are gone: what has not been handed to Kafka need not be. */
public final class InvokeWithdrawal {
    private final String replyTo;
    private final Set<Long> ids;

    /**
     * @param replyTo that of the batches
     * @param ids the sender's numbers of the calls
     */
    public InvokeWithdrawal(String replyTo, Set<Long> ids) {
        this.replyTo = replyTo;
        this.ids = new HashSet<>(ids);
    }

    /** Whether the call with that number, to be answered at that address, is meant. */
    public boolean includes(String address, long id) {
        return replyTo.equals(address) && ids.contains(id);
    }
}
