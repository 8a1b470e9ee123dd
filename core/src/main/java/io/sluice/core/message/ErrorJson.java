package io.sluice.core.message;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/** Renders a failure as callers see it: {@code {"errorCode":"…","message":"…"}}, the shape of Dapr's errors. */
public final class ErrorJson {
    private ErrorJson() {}

    /** The UTF-8 bytes of the error; whatever stands in the texts, it is one valid JSON object. */
    public static Buffer render(Failure failure, String binding) {
        return object(failure, binding).toBuffer();
    }

    /** The error as a tree, for a caller that adds members of its own. */
    public static JsonObject object(Failure failure, String binding) {
        return new JsonObject().put("errorCode", failure.reason().errorCode()).put("message", failure.message(binding));
    }
}
