package io.sluice.core.bus;

import io.sluice.core.message.InvokeOutcome;

/** Outcomes that became known together, each with the number that its call had in its {@link InvokeBatch}. */
public final class OutcomeBatch {
    private final long[] ids;
    private final InvokeOutcome[] outcomes;

    /** Both arrays are of one length and belong to the batch from here on. */
    public OutcomeBatch(long[] ids, InvokeOutcome[] outcomes) {
        if (ids.length != outcomes.length) {
            throw new IllegalArgumentException(ids.length + " ids for " + outcomes.length + " outcomes");
        }
        this.ids = ids;
        this.outcomes = outcomes;
    }

    public int size() {
        return ids.length;
    }

    public long id(int index) {
        return ids[index];
    }

    public InvokeOutcome outcome(int index) {
        return outcomes[index];
    }

    @Override
    public String toString() {
        return "OutcomeBatch[" + ids.length + " outcomes]";
    }
}
