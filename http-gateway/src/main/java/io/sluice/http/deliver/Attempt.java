package io.sluice.http.deliver;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The delivery of one record and the app's answer to it.
 *
 * <p>A connection that was kept may break because the app has just closed it as idle. That says nothing about the record,
 * so the request is sent once more, on another connection; deliveries are at least once anyway (RFC 9112, 9.3.1 and 9.5).
 *
 * <pre>
 *   send ──► head ──► body ──► end        the status decides, however the body ends
 *    │ breaks         │ breaks, too long or late
 *    ├─ kept connection, or the app did not look at it, first time: send again if the record is still wanted
 *    └─ else: no answer
 * </pre>
 */
final class Attempt implements AppConnections.Opening, Exchange.Answer {
    /** Longest body that is kept. */
    static final int KEPT_BYTES = 64 * 1024;

    /** Longest body that is read to its end, so that the connection can be used again. */
    private static final int DRAINED_BYTES = 1024 * 1024;

    /** What servers say of a connection that was idle for too long, perhaps just when the next request is sent (RFC 9110, 15.5.9). */
    private static final int REQUEST_TIMEOUT = 408;

    private final Sending sending;
    private final WireHeaders headers;
    private final byte[] body;
    private final BooleanSupplier wanted;
    private final Promise<AppAnswer> answer = Promise.promise();
    private @Nullable Exchange exchange;
    private @Nullable Buffer kept;
    private @Nullable ErrorBody error;
    private long begin;
    private long deadline;
    private long unfinished;
    /** It was not sent at once: the record may have become another member's. */
    private boolean waited;

    private boolean again;
    private boolean repeated;
    private int status;
    private @Nullable String retryAfter;
    private long received;
    private boolean over;

    /**
     * What the attempts of a binding have in common.
     *
     * @param keepsBody whether the body of the answer is wanted
     * @param limited whether the whole attempt has a limit, or is checked now and then
     * @param limit of the attempts, if they have one
     * @param unfinished of those that have a status, and wait for the rest of the answer
     */
    record Sending(
            AppConnections connections,
            String path,
            boolean keepsBody,
            boolean limited,
            AttemptLimit<Attempt> limit,
            AttemptLimit<Attempt> unfinished,
            CallMeters meters) {}

    Attempt(Sending sending, WireHeaders headers, byte[] body, BooleanSupplier wanted) {
        this.sending = sending;
        this.headers = headers;
        this.body = body;
        this.wanted = wanted;
        this.kept = sending.keepsBody() ? Buffer.buffer() : null;
    }

    /**
     * Sends the record; to be called once. The time of the attempt begins once there is a connection: waiting for one says
     * nothing about the record.
     */
    Future<AppAnswer> start() {
        sending.connections().open(HttpMethod.POST, sending.path(), this);
        waited = true;
        return answer.future();
    }

    @Override
    public void opened(Exchange opened) {
        if (!over && waited && !wanted.getAsBoolean()) {
            end(AppAnswer.NOT_WANTED);
        }
        if (over) {
            opened.abandon();
            return;
        }
        if (begin == 0) {
            begin = System.nanoTime();
            if (sending.limited()) {
                deadline = sending.limit().begin(this);
            }
        }
        exchange = opened;
        again = !repeated && opened.isOnKeptConnection();
        try {
            opened.send(headers, body, this);
        } catch (Throwable defect) {
            // An Error too, such as no memory for the request: nobody else knows that it was never sent.
            abandon();
            fail(defect);
        }
    }

    @Override
    public void away(Throwable cause) {
        end(AppAnswer.unreachable(sending.connections().hint().text(cause)));
    }

    /** Ends the attempt if it has not ended yet. */
    void expire(Duration limit) {
        if (status > 0) {
            waitNoLonger();
        } else {
            end(AppAnswer.late(limit));
            suspect();
            abandon();
        }
    }

    /** It takes long, and may. */
    void check() {
        deadline = sending.limit().begin(this);
        suspect();
    }

    private void suspect() {
        if (exchange != null) {
            exchange.suspect();
        }
    }

    /** Ends the attempt with the status it has. */
    void waitNoLonger() {
        endWithStatus(null);
        abandon();
    }

    @Override
    public void head(int answered, @Nullable String wait) {
        sending.connections().hint().answered();
        if (answered == REQUEST_TIMEOUT && again) {
            abandon();
            repeat();
            return;
        }
        status = answered;
        retryAfter = wait;
        error = AppAnswer.isSuccess(answered) ? null : new ErrorBody();
    }

    /** What is missing of an answer may never come, and what counts is known. */
    @Override
    public void unfinished() {
        if (unfinished == 0 && !over && status > 0) {
            unfinished = sending.unfinished().begin(this);
        }
    }

    @Override
    public void piece(Buffer piece) {
        received += piece.length();
        if (error != null) {
            error.add(piece);
        }
        if (kept != null) {
            kept = received > KEPT_BYTES ? null : kept.appendBuffer(piece);
        }
        if (received > DRAINED_BYTES) {
            waitNoLonger();
        }
    }

    @Override
    public void end() {
        endWithStatus(kept);
    }

    @Override
    public void broken(Throwable cause) {
        boolean untouched = exchange != null && exchange.isUntouched(cause);
        abandon();
        if (status > 0) {
            endWithStatus(null);
        } else if (sending.connections().isClosed()) {
            end(AppAnswer.unreachable("the gateway is stopping"));
        } else if (untouched && repeated) {
            end(AppAnswer.unreachable("the app did not take the request: " + Causes.text(cause)));
        } else if (again || untouched) {
            repeat();
        } else {
            end(AppAnswer.broken("the connection broke before the app answered: "
                    + sending.connections().hint().text(cause)));
        }
    }

    private void repeat() {
        again = false;
        repeated = true;
        sending.connections().open(HttpMethod.POST, sending.path(), this);
    }

    private void abandon() {
        if (exchange != null) {
            exchange.abandon();
        }
    }

    private void endWithStatus(@Nullable Buffer whole) {
        String said = error == null ? "" : error.text();
        end(AppAnswer.of(status, retryAfter, sending.keepsBody() ? whole : null, said));
    }

    private void end(AppAnswer outcome) {
        if (!over) {
            close();
            answer.complete(outcome);
        }
    }

    private void fail(Throwable defect) {
        if (!over) {
            close();
            answer.fail(defect);
        }
    }

    private void close() {
        over = true;
        if (begin != 0) {
            sending.limit().end(deadline);
            sending.unfinished().end(unfinished);
            sending.meters().completed(status, System.nanoTime() - begin, body.length, received);
        }
    }
}
