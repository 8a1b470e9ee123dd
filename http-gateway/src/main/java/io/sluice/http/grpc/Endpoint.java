package io.sluice.http.grpc;

import com.google.protobuf.InvalidProtocolBufferException;

/** What one method does with a call. */
interface Endpoint {
    /**
     * Answers the call, now or later.
     *
     * @param message the request's message, uncompressed
     * @throws InvalidProtocolBufferException when it is not what the method takes
     */
    void serve(GrpcCall call, byte[] message) throws InvalidProtocolBufferException;
}
