package io.sluice.bench.load;

import io.sluice.bench.ledger.IdLedger;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.function.LongSupplier;

/**
 * Loads one program. Every request gets its id from the ledger, and the ledger is told of every 204.
 *
 * @param target where the program listens
 * @param cpuMicros CPU time used so far by the program under test
 */
public record LoadGenerator(
        InetSocketAddress target, RequestTemplate template, IdLedger ledger, LongSupplier cpuMicros) {

    /**
     * Runs one load on the calling thread until its window is over and every request is answered.
     *
     * @throws IOException if the program refuses or closes a connection
     */
    public LoadResult run(LoadShape shape, Window window) throws IOException {
        try (var run = new LoadRun(this, shape, window)) {
            run.connect();
            return run.measure();
        }
    }
}
