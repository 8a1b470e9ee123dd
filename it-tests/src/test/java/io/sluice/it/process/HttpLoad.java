package io.sluice.it.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Offers a binding a steady number of requests per second, over 32 connections, and keeps what became of each. With all
 * connections busy the load waits: with HTTP/1.1 that is 32 requests in flight, with HTTP/2 3,200.
 */
public final class HttpLoad implements AutoCloseable {
    /** The status of a request whose connection ended before the answer. */
    public static final int LOST = -1;

    private static final int CONNECTIONS = 32;
    private static final int TICK_MS = 10;
    private static final String HOST = "127.0.0.1";

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    /** Kept: Vert.x closes a client, with its connections, that nobody refers to. */
    private final HttpClientAgent client;

    /** Those that still take requests; belongs to the only event loop. */
    private final List<HttpClientConnection> connections;

    private final String path;
    private final int perTick;
    private final AtomicInteger sent = new AtomicInteger();
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private volatile boolean stopped;

    /** @param at when it came, by {@link System#nanoTime} */
    public record Answer(int status, long at) {}

    private HttpLoad(Api api, String binding, int perSecond, HttpVersion version) {
        this.client = vertx.createHttpClient(
                new HttpClientOptions().setProtocolVersion(version).setHttp2ClearTextUpgrade(false));
        this.path = "/v1.0/bindings/" + binding;
        this.perTick = perSecond * TICK_MS / 1000;
        this.connections = new ArrayList<>(connect(client, api));
        if (version == HttpVersion.HTTP_2) {
            List.copyOf(connections).forEach(this::heedGoAway);
        }
    }

    public static HttpLoad start(Api api, String binding, int perSecond, HttpVersion version) {
        HttpLoad load = new HttpLoad(api, binding, perSecond, version);
        load.vertx.setPeriodic(TICK_MS, timer -> load.tick());
        return load;
    }

    /** As clients of HTTP/2 do: a connection whose end is announced gets no more requests. */
    private void heedGoAway(HttpClientConnection connection) {
        connection.goAwayHandler(goAway -> connections.remove(connection));
    }

    /** What became of each request, by the JSON text that was its {@code data}. */
    public Map<String, Answer> answers() {
        return Map.copyOf(answers);
    }

    /** The {@code data} of the requests that were answered so. */
    public Set<String> answered(int status) {
        return answers.entrySet().stream()
                .filter(answer -> answer.getValue().status() == status)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** How often each status came, for messages. */
    public Map<Integer, Long> statuses() {
        return answers.values().stream().collect(Collectors.groupingBy(Answer::status, Collectors.counting()));
    }

    public int sent() {
        return sent.get();
    }

    /** Waits for that many more 204s, of requests sent after the call. */
    public void awaitStored(int more, Duration limit) {
        int from = sent();
        await().atMost(limit)
                .until(() -> answers.entrySet().stream()
                                .filter(answer -> answer.getValue().status() == 204 && number(answer.getKey()) >= from)
                                .count()
                        >= more);
    }

    /** Sends no more and returns when every request is answered or lost. */
    public void stop(Duration limit) {
        stopped = true;
        await().atMost(limit)
                .untilAsserted(() -> assertThat(answers).as("%s", statuses()).hasSize(sent()));
    }

    @Override
    public void close() {
        stopped = true;
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private static List<HttpClientConnection> connect(HttpClientAgent client, Api api) {
        HttpConnectOptions to = new HttpConnectOptions().setHost(HOST).setPort(api.port());
        return Future.join(IntStream.range(0, CONNECTIONS)
                        .mapToObj(i -> client.connect(to))
                        .toList())
                .map(all -> all.<HttpClientConnection>list())
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    private void tick() {
        for (int i = 0; i < perTick && !stopped && !connections.isEmpty(); i++) {
            int number = sent.get();
            HttpClientConnection connection = connections.get(number % connections.size());
            if (connection.activeStreams() >= connection.maxActiveStreams()) {
                return;
            }
            sent.incrementAndGet();
            send(connection, data(number));
        }
    }

    private void send(HttpClientConnection connection, String data) {
        connection
                .request(new RequestOptions().setMethod(HttpMethod.POST).setURI(path))
                .compose(request -> exchange(request, data))
                .onSuccess(status -> answers.put(data, new Answer(status, System.nanoTime())))
                .onFailure(lost -> {
                    connections.remove(connection);
                    answers.put(data, new Answer(LOST, System.nanoTime()));
                });
    }

    private static Future<Integer> exchange(HttpClientRequest request, String data) {
        return request.send(Api.body(data)).compose(response -> response.body().map(body -> response.statusCode()));
    }

    private static String data(int number) {
        return "\"id-" + number + "\"";
    }

    /** How many requests were sent before the one with this {@code data}. */
    public static int number(String data) {
        return Integer.parseInt(data.substring("\"id-".length(), data.length() - 1));
    }
}
