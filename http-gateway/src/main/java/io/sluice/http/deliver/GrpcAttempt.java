package io.sluice.http.deliver;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.StreamResetException;
import io.vertx.grpc.common.GrpcStatus;
import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The delivery of one record with one call, and the app's answer to it.
 *
 * <pre>
 *   send ──► answer                          the status decides
 *    │ breaks
 *    ├─ the app did not look at the call     first time: send again; else it did not get as far as the app
 *    ├─ a kept connection, first time        send again if the record is still wanted, as over HTTP
 *    └─ else                                 no answer
 * </pre>
 *
 * <p>That it did not look at the call the app says by resetting it as refused, or with a GOAWAY that names an earlier one
 * (RFC 9113, 6.8 and 8.7).
 */
final class GrpcAttempt {
    private final Sending sending;
    private final Map<String, String> headers;
    private final byte[] message;
    private final BooleanSupplier wanted;
    private final Promise<AppAnswer> outcome = Promise.promise();
    private @Nullable HttpClientRequest stream;
    private long begin;
    private long deadline;
    /** It was not sent at once: the record may have become another member's. */
    private boolean waited;

    private boolean again;
    private boolean repeated;
    private boolean over;

    /**
     * What the attempts of a binding have in common.
     *
     * @param timeout of an attempt, zero for none
     * @param reader of the app's answer
     * @param limit calls {@link #expire} when an attempt takes longer than that, or than a check of its connection should wait
     */
    record Sending(
            GrpcConnection app,
            String path,
            Duration timeout,
            Function<GrpcAnswer, AppAnswer> reader,
            AttemptLimit<GrpcAttempt> limit,
            CallMeters meters) {}

    /** @param headers of the call, beside those of every call */
    GrpcAttempt(Sending sending, Map<String, String> headers, byte[] message, BooleanSupplier wanted) {
        this.sending = sending;
        this.headers = headers;
        this.message = message;
        this.wanted = wanted;
    }

    /**
     * Sends the record; to be called once. The time of the attempt begins once there is a stream: waiting for one says
     * nothing about the record.
     */
    Future<AppAnswer> start() {
        open();
        waited = true;
        return outcome.future();
    }

    private void open() {
        sending.app().open(sending.path(), sending.timeout()).onComplete(this::opened, this::away);
    }

    private void opened(HttpClientRequest opened) {
        if (!over && waited && !wanted.getAsBoolean()) {
            fail(AppAnswer.NOT_WANTED, GrpcStatus.CANCELLED);
        }
        if (over) {
            GrpcConnection.cancel(opened);
            return;
        }
        if (begin == 0) {
            begin = System.nanoTime();
            deadline = sending.limit().begin(this);
        }
        stream = opened;
        again = sending.app().peers().hasAnswered(opened.connection());
        try {
            headers.forEach(opened::putHeader);
            sending.app().call(opened, message).onComplete(this::answered, cause -> broken(opened, cause));
        } catch (Throwable defect) {
            // An Error too, such as no memory for the message: nobody else knows that it was never sent.
            GrpcConnection.cancel(opened);
            end(() -> outcome.fail(defect), GrpcStatus.INTERNAL.code, 0);
        }
    }

    private void away(Throwable cause) {
        fail(
                AppAnswer.unreachable(
                        isStopping()
                                ? "the gateway is stopping"
                                : sending.app().hint().text(cause)),
                GrpcStatus.UNAVAILABLE);
    }

    private void answered(GrpcAnswer answer) {
        var read = sending.reader().apply(answer);
        end(() -> outcome.complete(read), answer.status().code, received(answer));
    }

    private static int received(GrpcAnswer answer) {
        return answer.message() == null ? 0 : answer.message().length();
    }

    private void broken(HttpClientRequest on, Throwable cause) {
        if (over) {
            return;
        }
        boolean untouched = sending.app().peers().isUntouched(on, cause);
        if (isStopping()) {
            fail(AppAnswer.unreachable("the gateway is stopping"), GrpcStatus.UNAVAILABLE);
        } else if (!repeated && (untouched || again && isOfTheConnection(cause))) {
            repeated = true;
            open();
        } else if (cause instanceof NoStatusException) {
            fail(
                    AppAnswer.broken(
                            "the app gave no answer: " + sending.app().hint().text(cause)),
                    GrpcStatus.UNKNOWN);
        } else if (untouched) {
            fail(AppAnswer.unreachable("the app did not take the call: " + Causes.text(cause)), GrpcStatus.UNAVAILABLE);
        } else {
            fail(
                    AppAnswer.broken("the call broke before the app answered: "
                            + sending.app().hint().text(cause)),
                    GrpcStatus.UNAVAILABLE);
        }
    }

    private static boolean isOfTheConnection(Throwable cause) {
        return !(cause instanceof StreamResetException || cause instanceof NoStatusException);
    }

    private boolean isStopping() {
        return sending.app().isClosed();
    }

    /** Ends the attempt if it has not ended yet; one that may take any time only proves that its connection lives. */
    void expire() {
        if (sending.timeout().isZero()) {
            deadline = sending.limit().begin(this);
            if (stream != null) {
                sending.app().peers().suspect(stream.connection());
            }
            return;
        }
        fail(AppAnswer.late(sending.timeout()), GrpcStatus.DEADLINE_EXCEEDED);
        if (stream != null) {
            sending.app().peers().suspect(stream.connection());
            GrpcConnection.cancel(stream);
        }
    }

    private void fail(AppAnswer answer, GrpcStatus status) {
        end(() -> outcome.complete(answer), status.code, 0);
    }

    private void end(Runnable telling, int status, int received) {
        if (over) {
            return;
        }
        over = true;
        if (begin != 0) {
            sending.limit().end(deadline);
            sending.meters().completed(status, System.nanoTime() - begin, message.length, received);
        }
        telling.run();
    }
}
