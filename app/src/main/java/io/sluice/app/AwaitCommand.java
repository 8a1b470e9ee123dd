package io.sluice.app;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * daprd's {@code --wait}: ends when the gateway whose HTTP API has a port of this machine can be called, and after a minute
 * in any case. Source of its times and of its exit code: dapr/dapr, pkg/runtime/wait.go.
 */
final class AwaitCommand {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration ONE_REQUEST = Duration.ofMillis(500);
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final int READY = 204;

    private AwaitCommand() {}

    /** Blocks the caller. */
    static int run(int port, PrintStream err) {
        return run(port, err, PATIENCE);
    }

    /** @return 0, also when it is not ready in time: as with daprd, what waits goes on then */
    static int run(int port, PrintStream err, Duration patience) {
        URI url = URI.create("http://localhost:" + port + "/v1.0/healthz/outbound");
        HttpClient client = HttpClient.newBuilder().connectTimeout(ONE_REQUEST).build();
        HttpRequest request = HttpRequest.newBuilder(url).timeout(ONE_REQUEST).build();
        long end = System.nanoTime() + patience.toNanos();
        try {
            while (!isReady(client, request)) {
                if (System.nanoTime() >= end) {
                    err.println("--wait: " + url + " is not ready after " + patience.toSeconds() + " s");
                    return 0;
                }
                TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return 0;
    }

    private static boolean isReady(HttpClient client, HttpRequest request) throws InterruptedException {
        try {
            return client.send(request, BodyHandlers.discarding()).statusCode() == READY;
        } catch (IOException e) {
            return false;
        }
    }
}
