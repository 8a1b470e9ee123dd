package io.sluice.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@link Sluice#run} on a thread of its own. */
final class RunningSluice {
    private static final Pattern READY =
            Pattern.compile("sluice ready http=127\\.0\\.0\\.1:(\\d+) grpc=127\\.0\\.0\\.1:\\d+ in \\d+ ms");
    private static final int PATIENCE_SECONDS = 30;

    private final CompletableFuture<Integer> ready = new CompletableFuture<>();
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
    private final CompletableFuture<Integer> exit;
    private volatile String readyLine = "";

    private RunningSluice(Map<String, String> environment, String... args) {
        var out = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8) {
            @Override
            public void println(String line) {
                Matcher matcher = READY.matcher(line);
                if (matcher.matches() || line.startsWith("{") && matcher.find()) {
                    readyLine = line;
                    ready.complete(Integer.valueOf(matcher.group(1)));
                }
            }
        };
        var err = new PrintStream(errors, true, StandardCharsets.UTF_8);
        exit = CompletableFuture.supplyAsync(() -> Sluice.run(args, environment, out, err));
    }

    static RunningSluice start(String... args) {
        return new RunningSluice(Map.of(), args);
    }

    /** The HTTP port of the ready line. */
    int port() throws ExecutionException, InterruptedException, TimeoutException {
        CompletableFuture.anyOf(ready, exit).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(ready).as("ready line; errors: %s", errors).isDone();
        return ready.join();
    }

    /** As it was printed, once {@link #port()} is known. */
    String readyLine() {
        return readyLine;
    }

    int exitCode() throws ExecutionException, InterruptedException, TimeoutException {
        return exit.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    List<String> errors() {
        return errors.toString(StandardCharsets.UTF_8).lines().toList();
    }

    HttpResponse<String> send(String method, String path, String... headers) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
