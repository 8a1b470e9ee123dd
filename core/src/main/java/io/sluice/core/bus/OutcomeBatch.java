package io.sluice.core.bus;

import io.sluice.core.message.InvokeOutcome;

/** Outcomes that became known together, each with the number that its call had in its {@link InvokeBatch}. */
public final class OutcomeBatch extends Numbered<InvokeOutcome> {

    /** Both arrays are of one length and belong to the batch from here on. */
    public OutcomeBatch(long[] ids, InvokeOutcome[] outcomes) {
        super(ids, outcomes);
    }

    public InvokeOutcome outcome(int index) {
        return item(index);
    }
}
