package io.sluice.kafka.client;

import io.sluice.core.binding.AuthSettings;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;
import org.apache.kafka.common.security.auth.SecurityProtocol;

/**
 * Keeps clients that speak plain text from listeners that expect TLS. Kafka's client takes the first bytes of a TLS alert
 * for the size of an answer and allocates it, 352 MB at a time (KAFKA-4090): in a small heap that ends the threads of other
 * clients too. Safe for use from any thread.
 */
final class PlainTextGuard {
    private static final Duration INSPECTED_WITHIN = Duration.ofSeconds(10);
    /** Whoever was turned away is turned away again without a look for so long: brokers log each look. */
    private static final Duration REMEMBERED = Duration.ofSeconds(4);

    private final BiFunction<List<String>, String, Future<Optional<SecurityProtocol>>> inspection;
    private final LongSupplier nanos;
    private final Map<List<String>, Refusal> refusals = new ConcurrentHashMap<>();

    private record Refusal(SecurityProtocol spoken, long at) {}

    PlainTextGuard(
            BiFunction<List<String>, String, Future<Optional<SecurityProtocol>>> inspection, LongSupplier nanos) {
        this.inspection = inspection;
        this.nanos = nanos;
    }

    /**
     * Returns if a client with this login may go there. Brokers that are away are no reason against it. Blocks for a few
     * seconds at most.
     *
     * @throws ListenerMismatchException if TLS is expected there
     */
    void check(List<String> brokers, String clientId, AuthSettings auth) {
        if (auth.tls().enabled()) {
            return;
        }
        Refusal last = refusals.get(brokers);
        if (last != null && nanos.getAsLong() - last.at < REMEMBERED.toNanos()) {
            throw new ListenerMismatchException(last.spoken);
        }
        Optional<SecurityProtocol> tls = spoken(brokers, clientId).filter(LoginFailures::isTls);
        if (tls.isPresent()) {
            refusals.put(brokers, new Refusal(tls.get(), nanos.getAsLong()));
            throw new ListenerMismatchException(tls.get());
        }
        refusals.remove(brokers);
    }

    private Optional<SecurityProtocol> spoken(List<String> brokers, String clientId) {
        return inspection
                .apply(brokers, clientId)
                .otherwise(Optional.empty())
                .timeout(INSPECTED_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
                .otherwise(Optional.empty())
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }
}
