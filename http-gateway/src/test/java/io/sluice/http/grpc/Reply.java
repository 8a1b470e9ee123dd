package io.sluice.http.grpc;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** What came back on the wire: the status line, the headers and trailers as one, and the bytes between. */
record Reply(int httpStatus, MultiMap fields, Buffer body) {

    int status() {
        return Integer.parseInt(fields.get("grpc-status"));
    }

    String message() {
        return URLDecoder.decode(fields.get("grpc-message"), StandardCharsets.UTF_8);
    }

    boolean hasDetails() {
        return fields.contains(StatusDetails.TRAILER);
    }

    Status details() {
        try {
            return Status.parseFrom(Base64.getDecoder().decode(fields.get(StatusDetails.TRAILER)));
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    ErrorInfo errorInfo() {
        try {
            return details().getDetails(0).unpack(ErrorInfo.class);
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    /** The message's bytes, without the frame of five bytes. */
    byte[] payload() {
        return body.getBytes(5, body.length());
    }
}
