package io.sluice.http.grpc;

import com.google.protobuf.Empty;
import com.google.protobuf.InvalidProtocolBufferException;
import io.sluice.auth.access.Right;
import io.sluice.http.grpc.proto.ShutdownRequest;
import java.util.function.Consumer;

/** Ends the gateway on request. */
final class Shutdown implements Endpoint {
    private static final boolean AT_ONCE = false;

    private final Consumer<Boolean> shutdown;

    /** @param shutdown gets whether to end at once */
    Shutdown(Consumer<Boolean> shutdown) {
        this.shutdown = shutdown;
    }

    @Override
    public void serve(GrpcCall call, byte[] message) throws InvalidProtocolBufferException {
        ShutdownRequest.parseFrom(message);
        if (!call.mayUse(Right.SHUTDOWN)) {
            return;
        }
        call.answer(Empty.getDefaultInstance()).onComplete(written -> shutdown.accept(AT_ONCE));
    }
}
