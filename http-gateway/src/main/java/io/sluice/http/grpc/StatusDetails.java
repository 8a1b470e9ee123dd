package io.sluice.http.grpc;

import com.google.protobuf.Any;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The trailer in which clients look for more than a status and a text: a {@code google.rpc.Status} with one
 * {@code ErrorInfo}, as Dapr sends it.
 *
 * <p>Its form is that of metadata whose name ends in {@code -bin}: Base64 without padding
 * (<a href="https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md">gRPC over HTTP/2</a>).
 */
final class StatusDetails {
    static final String TRAILER = "grpc-status-details-bin";

    private static final String DOMAIN = "dapr.io";
    private static final int MAX_MESSAGE_BYTES = 1024;

    private StatusDetails() {}

    static String encode(int status, String message, String errorCode) {
        var info = ErrorInfo.newBuilder().setReason(errorCode).setDomain(DOMAIN).build();
        var details = Status.newBuilder()
                .setCode(status)
                .setMessage(message)
                .addDetails(Any.pack(info))
                .build();
        return Base64.getEncoder().withoutPadding().encodeToString(details.toByteArray());
    }

    /**
     * The begin of {@code message}, at most 1 KiB in UTF-8: it travels in headers, percent-encoded and once more in
     * Base64, of which clients take 8 KiB.
     */
    static String shorten(String message) {
        var bytes = message.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= MAX_MESSAGE_BYTES) {
            return message;
        }
        int end = MAX_MESSAGE_BYTES;
        while (isContinuation(bytes[end])) {
            end--;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }

    private static boolean isContinuation(byte b) {
        return (b & 0xC0) == 0x80;
    }
}
