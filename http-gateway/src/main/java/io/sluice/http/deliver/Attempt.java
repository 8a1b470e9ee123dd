package io.sluice.http.deliver;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One request to the app and its answer.
 *
 * <p>A connection that was kept may break because the app has just closed it as idle. That says nothing about the record,
 * so the request is sent once more, on another connection; deliveries are at least once anyway (RFC 9112, 9.3.1 and 9.5).
 *
 * <pre>
 *   send ──► head ──► body ──► end        the status decides, however the body ends
 *    │ breaks         │ breaks, too long or late
 *    ├─ kept connection, first time: send again
 *    └─ else: no answer
 * </pre>
 */
final class Attempt {
    /** Longest body that is kept. */
    static final int KEPT_BYTES = 64 * 1024;

    /** Longest body that is read to its end, so that the connection can be used again. */
    private static final int DRAINED_BYTES = 1024 * 1024;

    private final AppConnections connections;
    private final RequestOptions target;
    private final Consumer<HttpClientRequest> head;
    private final Buffer body;
    private final boolean keepsBody;
    private final Promise<AppAnswer> answer = Promise.promise();
    private @Nullable HttpClientRequest request;
    private @Nullable Buffer kept;
    private int status;
    private long received;
    private boolean over;

    /**
     * @param head writes the headers of a request
     * @param keepsBody whether the body of the answer is wanted
     */
    Attempt(
            AppConnections connections,
            RequestOptions target,
            Consumer<HttpClientRequest> head,
            Buffer body,
            boolean keepsBody) {
        this.connections = connections;
        this.target = target;
        this.head = head;
        this.body = body;
        this.keepsBody = keepsBody;
        this.kept = keepsBody ? Buffer.buffer() : null;
    }

    /** Sends the record; to be called once. */
    Future<AppAnswer> start(HttpClientRequest first) {
        send(first, connections.wasKept(first.connection()));
        return answer.future();
    }

    /** Ends the attempt if it has not ended yet. */
    void expire(Duration limit) {
        if (status > 0) {
            endWithStatus(null);
        } else {
            end(AppAnswer.missing("timed out after " + limit.toMillis() + " ms"));
        }
        if (request != null) {
            request.reset();
        }
    }

    /** The status of the answer, 0 without one. */
    int status() {
        return status;
    }

    /** Length of the answer's body, as far as it came. */
    long received() {
        return received;
    }

    private void send(HttpClientRequest next, boolean again) {
        request = next;
        head.accept(next);
        next.send(body).onComplete(this::onHead, broken -> onBroken(broken, again));
    }

    private void onBroken(Throwable cause, boolean again) {
        if (over) {
            return;
        }
        if (connections.isClosed()) {
            end(AppAnswer.unreachable("the gateway is stopping"));
        } else if (again) {
            connections.open(target).onComplete(this::sendAgain, this::onAway);
        } else {
            end(AppAnswer.missing("the connection broke before the app answered: " + Causes.text(cause)));
        }
    }

    private void sendAgain(HttpClientRequest next) {
        if (over) {
            next.reset();
        } else {
            send(next, false);
        }
    }

    private void onAway(Throwable cause) {
        end(AppAnswer.unreachable(Causes.text(cause)));
    }

    private void onHead(HttpClientResponse response) {
        if (over) {
            return;
        }
        connections.noteAnswer(response.request().connection());
        status = response.statusCode();
        response.handler(this::onPiece)
                .exceptionHandler(broken -> endWithStatus(null))
                .endHandler(end -> endWithStatus(kept));
    }

    private void onPiece(Buffer piece) {
        received += piece.length();
        if (kept != null) {
            kept = received > KEPT_BYTES ? null : kept.appendBuffer(piece);
        }
        if (received > DRAINED_BYTES && request != null) {
            endWithStatus(null);
            request.reset();
        }
    }

    private void endWithStatus(@Nullable Buffer whole) {
        end(AppAnswer.of(status, keepsBody ? whole : null));
    }

    private void end(AppAnswer outcome) {
        if (!over) {
            over = true;
            answer.complete(outcome);
        }
    }
}
