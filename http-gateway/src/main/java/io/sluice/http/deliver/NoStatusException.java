package io.sluice.http.deliver;

import io.vertx.core.VertxException;

/** An answer has ended without a status of gRPC: an app that speaks gRPC has not said it, or never got to the call. */
final class NoStatusException extends VertxException {
    NoStatusException(int httpStatus) {
        super("HTTP status " + httpStatus + ", and none of gRPC", true);
    }
}
