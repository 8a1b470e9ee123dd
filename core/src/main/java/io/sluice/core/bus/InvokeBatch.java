package io.sluice.core.bus;

import io.sluice.core.message.InvokeRequest;
import java.util.Arrays;

/**
 * The calls of one binding that arrived in one tick of an event loop, sent as one message.
 *
 * <p>It is not a request with one reply: each call is answered in an {@link OutcomeBatch} at {@link #replyTo()} as soon
 * as its own outcome is known, so that a slow partition delays nobody else's answer.
 */
public final class InvokeBatch {
    private final String replyTo;
    private final long[] ids;
    private final InvokeRequest[] requests;

    /**
     * @param replyTo the address that gets the outcomes
     * @param ids the sender's number for each call, handed back with its outcome
     * @param requests as many as ids; both arrays belong to the batch from here on
     */
    public InvokeBatch(String replyTo, long[] ids, InvokeRequest[] requests) {
        if (ids.length != requests.length) {
            throw new IllegalArgumentException(ids.length + " ids for " + requests.length + " requests");
        }
        this.replyTo = replyTo;
        this.ids = ids;
        this.requests = requests;
    }

    public String replyTo() {
        return replyTo;
    }

    public int size() {
        return ids.length;
    }

    public long id(int index) {
        return ids[index];
    }

    public InvokeRequest request(int index) {
        return requests[index];
    }

    @Override
    public String toString() {
        return "InvokeBatch[replyTo=" + replyTo + ", ids=" + Arrays.toString(ids) + "]";
    }
}
