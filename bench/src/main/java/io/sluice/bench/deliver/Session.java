package io.sluice.bench.deliver;

import io.sluice.bench.ledger.DeliveryLedger;
import io.sluice.bench.proc.CpuTime;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Takes one running program through its plan, on the calling thread. The backlog must be in Kafka.
 *
 * @param cpu time used so far by the program
 */
public record Session(Plan plan, DeliveryLedger ledger, Feed feed, Supplier<CpuTime> cpu) {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long LOOK_NANOS = 1_000_000;

    /**
     * Measures every case of the plan.
     *
     * @throws StalledException if a record that was produced does not arrive
     */
    public Map<DeliverCase, Figures> measure() throws StalledException {
        awaitDelivered(plan.warmupRecords());
        var drained = new LinkedHashMap<DeliverCase, Drained>();
        int until = plan.warmupRecords();
        for (DeliverCase row : plan.cases()) {
            until += plan.settleRecords(row);
            awaitDelivered(until);
            until += plan.drainRecords(row);
            drained.put(row, drain(until));
        }
        var figures = new LinkedHashMap<DeliverCase, Figures>();
        for (var entry : drained.entrySet()) {
            figures.put(entry.getKey(), paced(entry.getKey(), entry.getValue()));
        }
        return figures;
    }

    private Drained drain(int until) throws StalledException {
        Drained.Mark from = mark();
        awaitDelivered(until);
        return Drained.between(from, mark());
    }

    private Figures paced(DeliverCase row, Drained drained) throws StalledException {
        int rate = plan.rate(row);
        feed.pace(plan.leadRecords(row), rate);
        int from = ledger.issued();
        feed.pace(plan.pacedRecords(row), rate);
        awaitDelivered(ledger.issued());
        return Figures.of(drained, rate, ledger.latencies(from, ledger.issued()));
    }

    private Drained.Mark mark() {
        return new Drained.Mark(ledger.delivered(), System.nanoTime(), cpu.get());
    }

    private void awaitDelivered(int count) throws StalledException {
        int last = ledger.delivered();
        long since = System.nanoTime();
        for (int now = last; now < count; now = ledger.delivered()) {
            if (now > last) {
                last = now;
                since = System.nanoTime();
            } else if (System.nanoTime() - since > PATIENCE.toNanos()) {
                throw new StalledException(now, count, PATIENCE);
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }
}
