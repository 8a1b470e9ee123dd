package io.sluice.http.grpc;

import com.google.protobuf.MessageLite;
import io.sluice.auth.access.Caller;
import io.sluice.auth.access.Right;
import io.sluice.http.invoke.CallMemory;
import io.sluice.http.listen.CallLog;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.grpc.common.GrpcMessage;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.server.GrpcServerRequest;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call and its answer. Whatever happens, there is one answer at most, and none only to a client that is gone.
 *
 * <p>Belongs to the event loop of its connection.
 */
final class GrpcCall {
    private static final Logger log = LoggerFactory.getLogger(GrpcCall.class);

    /** How a server ends a stream whose request it has answered before its end (RFC 9113, 8.1): the answer stands. */
    private static final long NO_ERROR = 0;

    private final HttpServerRequest stream;
    private final GrpcServerRequest<Buffer, Buffer> request;
    private final CallMemory.Share memory;
    private final MethodMeters meters;
    private final @Nullable CallLog calls;
    private final long begin;
    private Runnable whenFinished = () -> {};
    private Runnable whenReset = () -> {};
    private Caller caller = Caller.UNRESTRICTED;
    private long received;
    private boolean taken;
    private boolean answered;
    private Future<Void> written = Future.succeededFuture();
    private @Nullable Runnable withdraw;

    /**
     * @param stream what carries {@code request}
     * @param memory what the call holds
     * @param calls gets it once it is answered, null when calls are not logged
     */
    GrpcCall(
            HttpServerRequest stream,
            GrpcServerRequest<Buffer, Buffer> request,
            CallMemory.Share memory,
            MethodMeters meters,
            @Nullable CallLog calls,
            long beginNanos) {
        this.stream = stream;
        this.request = request;
        this.memory = memory;
        this.meters = meters;
        this.calls = calls;
        this.begin = beginNanos;
    }

    /** Runs {@code step} once there is an answer or nobody waits for it any more. */
    void whenFinished(Runnable step) {
        whenFinished = step;
    }

    /** Runs {@code step} once its stream was reset from here: nothing of it comes in any more, not even its end. */
    void whenReset(Runnable step) {
        whenReset = step;
    }

    void isFrom(Caller admitted) {
        caller = admitted;
    }

    /** Refuses the call unless its caller has the right; says whether he has. */
    boolean mayUse(Right right) {
        return permitted(caller.refusal(right));
    }

    /** As {@link #mayUse(Right)}, for one binding. */
    boolean mayUse(Right right, String binding) {
        return permitted(caller.refusal(right, binding));
    }

    MultiMap headers() {
        return request.headers();
    }

    /** Reserves what a call costs beside its message until the answer, or returns false and reserves nothing. */
    boolean begin() {
        return memory.begin(0);
    }

    /**
     * A piece of the message has come in: reserves room for it, long before the message is whole, and hands it on.
     *
     * @param message puts the pieces together
     */
    void onPiece(Buffer piece, Handler<Buffer> message) {
        if (answered || taken) {
            return;
        }
        if (memory.reserve(piece.length())) {
            received += piece.length();
            message.handle(piece);
        } else {
            refuse(Refusal.OVERLOADED);
        }
    }

    /** Reserves what a message of {@code bytes} holds beyond its pieces, being compressed; or returns false. */
    boolean reserveUnpacked(long bytes) {
        return bytes <= received || memory.reserve(bytes - received);
    }

    /** Asks for the message. A call has one: more are thrown away. */
    void onMessage(Consumer<GrpcMessage> work) {
        request.messageHandler(message -> {
            if (!taken && !answered) {
                taken = true;
                attempt(() -> work.accept(message));
            }
        });
    }

    /** The client has said all. */
    void onEnd() {
        if (!taken) {
            refuse(Refusal.NO_MESSAGE);
        }
    }

    /** The client has not said all in time: it is not waited for any more, answered or not. */
    void onOverdue() {
        refuse(Refusal.OVERDUE);
        stopListening();
    }

    /**
     * The answer comes from elsewhere. Until {@link #cameBack} the call holds what it holds, also without its client.
     *
     * @param whenGone run if nobody waits for the answer any more
     */
    void awaitAnswer(Runnable whenGone) {
        withdraw = whenGone;
    }

    /** What {@link #awaitAnswer} waited for is there. */
    void cameBack() {
        withdraw = null;
        if (answered) {
            memory.release();
        }
    }

    /** The client does not wait for the answer any more. */
    void onGone() {
        finish(GrpcStatus.CANCELLED);
        releaseUnlessAwaited();
    }

    /** Answers the call unless it is answered; the result says when the bytes are written, or that nobody is there. */
    Future<Void> answer(MessageLite message) {
        if (finish(GrpcStatus.OK)) {
            written = request.response().end(Buffer.buffer(message.toByteArray()));
        }
        return written;
    }

    /** Fails the call unless it is answered, and stops its message if that is still on its way in. */
    void refuse(Refusal refusal) {
        if (!finish(refusal.status())) {
            return;
        }
        var response = request.response();
        var message = StatusDetails.shorten(refusal.message());
        if (refusal.errorCode() != null) {
            response.trailers()
                    .set(
                            StatusDetails.TRAILER,
                            StatusDetails.encode(refusal.status().code, message, refusal.errorCode()));
        }
        written = response.status(refusal.status()).statusMessage(message).end();
        if (!taken) {
            stopListening();
        }
    }

    /** Not before the answer is out, which a reset would take with it; what has come of the message counts until then. */
    private void stopListening() {
        written.onComplete(out -> {
            stream.response().reset(NO_ERROR);
            whenReset.run();
            releaseUnlessAwaited();
        });
    }

    private void releaseUnlessAwaited() {
        if (withdraw == null) {
            memory.release();
        }
    }

    /** Runs a step of the work on this call: the one place that answers for code that throws. */
    private void attempt(Runnable step) {
        try {
            step.run();
        } catch (Throwable e) {
            // An Error too: whoever called is owed an answer.
            log.atError().addKeyValue("method", meters.method()).setCause(e).log("call failed");
            refuse(Refusal.INTERNAL_ERROR);
        }
    }

    private boolean permitted(io.sluice.auth.access.@Nullable Refusal refusal) {
        if (refusal != null) {
            refuse(Refusal.of(refusal));
        }
        return refusal == null;
    }

    private boolean finish(GrpcStatus status) {
        if (answered) {
            return false;
        }
        answered = true;
        if (withdraw != null) {
            withdraw.run();
        } else if (taken) {
            memory.release();
        }
        long nanos = System.nanoTime() - begin;
        meters.completed(status, nanos);
        if (calls != null) {
            calls.grpc(
                    "/" + request.fullMethodName(), request.headers().get(HttpHeaders.USER_AGENT), status.code, nanos);
        }
        whenFinished.run();
        return true;
    }
}
