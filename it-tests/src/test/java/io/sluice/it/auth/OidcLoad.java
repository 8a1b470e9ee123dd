package io.sluice.it.auth;

import io.sluice.it.gateway.TestGateway;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A steady load on one binding; the records are the numbers from 0. */
final class OidcLoad implements AutoCloseable {
    private static final Duration EVERY = Duration.ofMillis(20);

    private final TestGateway gateway;
    private final String binding;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final List<CompletableFuture<HttpResponse<String>>> answers = new CopyOnWriteArrayList<>();

    private OidcLoad(TestGateway gateway, String binding) {
        this.gateway = gateway;
        this.binding = binding;
    }

    static OidcLoad start(TestGateway gateway, String binding) {
        OidcLoad load = new OidcLoad(gateway, binding);
        load.clock.scheduleAtFixedRate(load::send, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
        return load;
    }

    /** Sends no more; how often each answer came. */
    Map<String, Long> stop() throws InterruptedException {
        clock.shutdown();
        if (!clock.awaitTermination(10, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the load does not end");
        }
        return answers.stream()
                .map(CompletableFuture::join)
                .collect(Collectors.groupingBy(
                        answer -> (answer.statusCode() + " " + answer.body()).strip(), Collectors.counting()));
    }

    int sent() {
        return answers.size();
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }

    private void send() {
        answers.add(gateway.callAsync(binding, TestGateway.envelope(String.valueOf(answers.size()))));
    }
}
