package io.sluice.kafka.schema.registry;

import io.sluice.kafka.schema.registry.LookupFailure.Kind;
import io.sluice.kafka.schema.registry.RegistryHttp.Answer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Asks a schema registry, whichever of its servers answers: the one that answered last is asked first, the others in turn,
 * and all of them again after a pause as long as that makes sense. Safe for use from any thread.
 *
 * <pre>{@code
 *   round 1: a ✗  b ✗   pause   round 2: a ✗  b ✓   from now on b is asked first
 * }</pre>
 */
final class RegistryClient {
    private static final int ROUNDS = 3;
    private static final long FIRST_PAUSE_MS = 100;
    private static final int LONGEST_DETAIL = 1_000;

    private final Vertx vertx;
    private final RegistryHttp http;
    private final List<URI> servers;
    private final long patienceNanos;
    private volatile int preferred;

    /** @param patienceNanos after which no new round begins */
    RegistryClient(Vertx vertx, RegistryHttp http, List<URI> servers, long patienceNanos) {
        this.vertx = vertx;
        this.http = http;
        this.servers = servers;
        this.patienceNanos = patienceNanos;
    }

    /** The answer to a question; fails with a {@link LookupFailure}. */
    Future<JsonObject> get(String path) {
        return round(path, 1, System.nanoTime());
    }

    private Future<JsonObject> round(String path, int number, long startedAt) {
        return ask(path, preferred, 0).recover(cause -> {
            boolean again = isTransient(cause) && number < ROUNDS && System.nanoTime() - startedAt < patienceNanos;
            return again
                    ? vertx.timer(FIRST_PAUSE_MS << (number - 1)).compose(v -> round(path, number + 1, startedAt))
                    : Future.failedFuture(cause);
        });
    }

    private Future<JsonObject> ask(String path, int first, int asked) {
        int index = (first + asked) % servers.size();
        URI server = servers.get(index);
        return http.get(server, path)
                .recover(cause -> Future.failedFuture(unreachable(server, cause)))
                .compose(answer -> judge(server, answer))
                .onSuccess(json -> preferred = index)
                .recover(cause -> isTransient(cause) && asked + 1 < servers.size()
                        ? ask(path, first, asked + 1)
                        : Future.failedFuture(cause));
    }

    private static boolean isTransient(Throwable cause) {
        return LookupFailure.of(cause).kind() == Kind.UNAVAILABLE;
    }

    private static LookupFailure unreachable(URI server, Throwable cause) {
        String text = cause instanceof TimeoutException
                ? "no answer in time"
                : Objects.requireNonNullElse(
                        cause.getMessage(), cause.getClass().getSimpleName());
        return LookupFailure.unavailable("schema registry at " + server.getAuthority() + ": " + text);
    }

    private static Future<JsonObject> judge(URI server, Answer answer) {
        JsonObject json = json(answer);
        if (answer.status() == 200) {
            return json != null
                    ? Future.succeededFuture(json)
                    : Future.failedFuture(LookupFailure.unavailable(
                            "schema registry at " + server.getAuthority() + ": the answer is not a registry's JSON"));
        }
        return Future.failedFuture(new LookupFailure(kind(answer.status(), json), detail(answer, json)));
    }

    private static @Nullable JsonObject json(Answer answer) {
        try {
            return answer.body().toJsonObject();
        } catch (DecodeException | ClassCastException e) {
            return null;
        }
    }

    private static Kind kind(int status, @Nullable JsonObject json) {
        if (status >= 500 || status == 408 || status == 429) {
            return Kind.UNAVAILABLE;
        }
        // Only a registry has these codes; anybody in between can answer 404.
        return status == 404 && json != null && errorCode(json) / 100 == 404 ? Kind.UNKNOWN : Kind.REFUSED;
    }

    private static int errorCode(JsonObject json) {
        return json.getValue("error_code") instanceof Number code ? code.intValue() : 0;
    }

    /** What Dapr tells: the registry's own JSON, or else the status. */
    private static String detail(Answer answer, @Nullable JsonObject json) {
        String text = json == null ? "" : json.encode();
        return text.isEmpty() || text.length() > LONGEST_DETAIL ? answer.status() + " " + answer.reason() : text;
    }

    Future<Void> close() {
        return http.close();
    }
}
