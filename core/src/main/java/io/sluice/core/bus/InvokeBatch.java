package io.sluice.core.bus;

import io.sluice.core.message.InvokeRequest;

/** The calls of one binding that arrived in one tick of an event loop; answered by {@link OutcomeBatch}es. */
public final class InvokeBatch extends Numbered<InvokeRequest> {
    private final String replyTo;

    /**
     * @param replyTo the address that gets the outcomes
     * @param ids the sender's number for each call
     * @param requests as many as ids; both arrays belong to the batch from here on
     */
    public InvokeBatch(String replyTo, long[] ids, InvokeRequest[] requests) {
        super(ids, requests);
        this.replyTo = replyTo;
    }

    public String replyTo() {
        return replyTo;
    }

    public InvokeRequest request(int index) {
        return item(index);
    }
}
