package io.sluice.kafka.consume;

import io.sluice.kafka.consume.DeliveryWatch.Watched;
import io.sluice.kafka.consume.progress.PartitionSnapshot.Stage;
import java.util.Comparator;
import java.util.List;

/**
 * Tells when nothing of a topic is answered while deliveries are open: whoever gets them hangs. One that is known to take long is
 * given twice as long as it took, up to a minute. Belongs to the verticle's context.
 */
final class UnansweredDeliveries {
    private final AnswerTimes answers;
    private final Trouble unanswered;
    private final String recipient;

    UnansweredDeliveries(AnswerTimes answers, Trouble unanswered, String recipient) {
        this.answers = answers;
        this.unanswered = unanswered;
        this.recipient = recipient;
    }

    /** @return how many deliveries are open, 0 when that is as usual */
    int look(List<Watched> tried, long now) {
        List<Watched> open = tried.stream()
                .filter(watched -> watched.record().stage() == Stage.DELIVERING)
                .sorted(Comparator.comparingLong(watched -> watched.record().time()))
                .toList();
        long silence = open.isEmpty() ? 0 : answers.silence(open.get(0).record().time(), now);
        if (open.isEmpty() || silence < patience()) {
            unanswered.isOver();
            return 0;
        }
        unanswered.lasts(
                recipient + " has not answered for " + silence / 1_000 + " s; open deliveries: " + open.size()
                        + ", the oldest is of " + open.get(0) + "; look at " + recipient
                        + ", or let deliveryTimeout end such attempts",
                now);
        return open.size();
    }

    private long patience() {
        return Math.min(LongAttempts.LONG, Math.max(DeliveryWatch.SOON, 2 * answers.longest()));
    }

    /** Whoever looked does so no longer. */
    void forget() {
        unanswered.forget();
    }
}
