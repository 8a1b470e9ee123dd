package io.sluice.http.grpc;

import io.sluice.http.invoke.CallMemory;
import io.sluice.http.invoke.Deadlines;
import io.sluice.http.invoke.Sweeper;
import io.sluice.http.listen.CallLog;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.grpc.server.GrpcServerRequest;
import org.jspecify.annotations.Nullable;

/** The calls of one event loop: opens them, and ends the wait for clients that do not get to the end. */
final class GrpcCalls {
    private static final long SWEEP_MILLIS = 100;

    private final Vertx vertx;
    private final CallMemory memory;
    private final int messageLimit;
    private final long deadlineMillis;
    private final Deadlines<GrpcCall> incoming;
    private final @Nullable CallLog calls;

    private final Sweeper sweeper;

    GrpcCalls(Vertx vertx, GrpcState state) {
        this.vertx = vertx;
        this.memory = new CallMemory(state.services().heap().calls(), "grpc");
        this.calls = state.settings().logsCalls() ? new CallLog() : null;
        this.messageLimit = state.settings().messageLimit();
        this.deadlineMillis = state.settings().deadline().toMillis();
        this.incoming = new Deadlines<>(state.settings().deadline().toNanos());
        this.sweeper = new Sweeper(vertx, SWEEP_MILLIS, incoming, this::sweep);
    }

    /** Opens a call that has just come in, and takes over its stream. It may be refused already. */
    GrpcCall open(HttpServerRequest stream, GrpcServerRequest<Buffer, Buffer> request, MethodMeters meters) {
        long now = System.nanoTime();
        var call = new GrpcCall(stream, request, memory.of(stream), meters, calls, now);
        long id = incoming.add(call, now);
        call.whenReset(() -> incoming.remove(id));
        listen(request, call, id);
        sweeper.wake();
        if (request.timeout() > 0 && request.timeout() < deadlineMillis) {
            long timer = vertx.setTimer(request.timeout(), late -> call.refuse(Refusal.CLIENT_DEADLINE));
            call.whenFinished(() -> vertx.cancelTimer(timer));
        }
        if (!call.begin()) {
            call.refuse(Refusal.OVERLOADED);
        }
        return call;
    }

    /** Calls of which more may come in. */
    int incoming() {
        return incoming.size();
    }

    private void listen(GrpcServerRequest<Buffer, Buffer> request, GrpcCall call, long id) {
        request.invalidMessageHandler(tooLarge -> call.refuse(Refusal.tooLarge(messageLimit)))
                .endHandler(end -> {
                    incoming.remove(id);
                    call.onEnd();
                })
                .errorHandler(reset -> forget(call, id))
                .exceptionHandler(closed -> forget(call, id));
        request.response().exceptionHandler(closed -> forget(call, id));
    }

    private void forget(GrpcCall call, long id) {
        incoming.remove(id);
        call.onGone();
    }

    private void sweep() {
        incoming.expired(System.nanoTime()).forEach(GrpcCall::onOverdue);
    }
}
