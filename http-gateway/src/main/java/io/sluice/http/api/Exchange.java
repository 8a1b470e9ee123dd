package io.sluice.http.api;

import io.sluice.core.message.Failure;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request and its answer. Whatever happens, there is one answer at most, and none only to a client that is gone.
 *
 * <p>Belongs to the event loop of its connection.
 */
final class Exchange {
    private static final Logger log = LoggerFactory.getLogger(Exchange.class);

    private static final long HTTP2_NO_ERROR = 0;

    private final HttpServerRequest request;
    private final ExchangeServices services;
    private final RouteMeters meters;
    private final long begin;
    private long received;
    private boolean answered;
    private Future<Void> written = Future.succeededFuture();
    private Runnable whenReset = () -> {};
    private @Nullable Runnable withdraw;
    private @Nullable BodyReader body;

    Exchange(HttpServerRequest request, ExchangeServices services, RouteMeters meters, long beginNanos) {
        this.request = request;
        this.services = services;
        this.meters = meters;
        this.begin = beginNanos;
    }

    /** Runs {@code step} once its stream was reset from here: nothing of it comes in any more, not even its end. */
    void whenReset(Runnable step) {
        whenReset = step;
    }

    HttpServerRequest request() {
        return request;
    }

    /** Runs a step of the work on this request: the one place that answers for code that throws. */
    void attempt(Runnable step) {
        try {
            step.run();
        } catch (Throwable e) {
            // An Error too: whoever called is owed an answer.
            log.atError().addKeyValue("route", meters.path()).setCause(e).log("request failed");
            answer(Answer.INTERNAL_ERROR);
        }
    }

    /** Asks for the body, which is thrown away otherwise; called before the first of it has come in. */
    void readBody(long limit, Consumer<byte[]> whole, Function<Failure, Answer> refusal) {
        var reader = new BodyReader(services.memory().of(request), limit, whole, refusal);
        body = reader;
        var failure = reader.begin(announcedLength());
        if (failure != null) {
            answer(reader.refuse(failure));
        } else if (request.headers().contains(HttpHeaders.EXPECT, HttpHeaders.CONTINUE, true)) {
            request.response().writeContinue();
        }
    }

    void onPiece(Buffer piece) {
        received += piece.length();
        if (body != null && !answered) {
            var failure = body.add(piece);
            if (failure != null) {
                answer(body.refuse(failure));
            }
        }
    }

    void onBodyEnd() {
        if (body != null && !answered) {
            attempt(body::complete);
        }
    }

    /**
     * The answer comes from elsewhere. Until it does the request holds what it holds, also without its client.
     *
     * @param whenGone run if the client goes away first
     */
    void awaitAnswer(Runnable whenGone) {
        withdraw = whenGone;
        request.response().exceptionHandler(gone -> onAborted());
    }

    /** The client went away before it had its answer. */
    void onAborted() {
        if (withdraw == null) {
            finish();
        } else if (!answered) {
            answered = true;
            withdraw.run();
        }
    }

    /** The body took too long: it is not waited for any more, answered or not. */
    void onBodyOverdue() {
        if (body != null && !answered) {
            answer(body.refuse(Failure.deadlineExceeded()));
        }
        // Not before the answer is out: a reset takes what is still to be written with it.
        written.onComplete(out -> stopListening());
    }

    private void stopListening() {
        if (request.version() == HttpVersion.HTTP_2) {
            request.response().reset(HTTP2_NO_ERROR);
            whenReset.run();
        } else {
            request.connection().close();
        }
    }

    /** Answers the request unless it is answered; the result says when the bytes are written, or that nobody is there. */
    Future<Void> answer(Answer answer) {
        var response = request.response();
        if (answered || response.closed()) {
            finish();
            return Future.succeededFuture();
        }
        finish();
        long nanos = System.nanoTime() - begin;
        meters.answered(answer.status(), nanos, received, answer.body().length());
        services.log(request, answer, nanos);
        written = send(response.setStatusCode(answer.status()), answer);
        if (request.version() == HttpVersion.HTTP_2 && !request.isEnded()) {
            written.onComplete(out -> endUnlessEnded());
        }
        return written;
    }

    /** A body that nobody wants would keep its stream open, and nothing counts those. */
    private void endUnlessEnded() {
        if (!request.isEnded()) {
            stopListening();
        }
    }

    private Future<Void> send(HttpServerResponse response, Answer answer) {
        services.headers().add(request, response);
        if (!answer.challenge().isEmpty()) {
            response.putHeader("www-authenticate", answer.challenge());
        }
        if (answer.contentType() == null) {
            return response.end();
        }
        if (answer.isTemporary()) {
            response.putHeader(HttpHeaders.RETRY_AFTER, "1");
        }
        return response.putHeader(HttpHeaders.CONTENT_TYPE, answer.contentType())
                .end(answer.body());
    }

    private void finish() {
        answered = true;
        if (body != null) {
            body.release();
        }
    }

    private long announcedLength() {
        var announced = request.headers().get(HttpHeaders.CONTENT_LENGTH);
        try {
            return announced == null ? -1 : Long.parseLong(announced);
        } catch (NumberFormatException unreadable) {
            return -1;
        }
    }
}
