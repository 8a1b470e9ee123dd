package io.sluice.http.api;

import io.sluice.auth.access.Refusal;
import io.sluice.core.message.ErrorJson;
import io.sluice.core.message.Failure;
import io.sluice.core.message.InvokeOutcome;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * What goes back to the caller.
 *
 * @param contentType null without a body
 * @param challenge how to say who one is, empty where that is not the matter
 */
record Answer(int status, @Nullable String contentType, Buffer body, String challenge) {
    static final Answer NO_CONTENT = new Answer(204, null, Buffer.buffer());

    /** Dapr takes every path it does not know for a call of another app, and says so. */
    static final Answer UNKNOWN_ROUTE =
            unknownRoute("failed getting app id either from the URL path or the header dapr-app-id");

    /** To a browser that asks whether its page may call. */
    static final Answer PREFLIGHT = new Answer(200, null, Buffer.buffer());

    static final Answer INTERNAL_ERROR = error(500, "ERR_INTERNAL", "internal error, see the gateway's log");

    private static final String JSON = "application/json";
    private static final String TEXT = "text/plain; charset=utf-8";

    Answer(int status, @Nullable String contentType, Buffer body) {
        this(status, contentType, body, "");
    }

    static Answer json(JsonObject body) {
        return json(200, body);
    }

    static Answer json(int status, JsonObject body) {
        return new Answer(status, JSON, body.toBuffer());
    }

    static Answer error(int status, String errorCode, String message) {
        var body = new JsonObject().put("errorCode", errorCode).put("message", message);
        return new Answer(status, JSON, body.toBuffer());
    }

    /** As {@link #UNKNOWN_ROUTE}, for whoever can be told more. */
    static Answer unknownRoute(String message) {
        return error(404, "ERR_DIRECT_INVOKE", message);
    }

    /** The answer to a question about the records of something that does not consume. */
    static Answer unknownInput(String binding) {
        return error(404, "ERR_UNKNOWN_BINDING", "couldn't find input binding " + binding);
    }

    /** The answer to a request that is wrong in another way than its body. */
    static Answer malformed(String message) {
        return error(400, "ERR_MALFORMED_REQUEST", message);
    }

    static Answer failure(Failure failure, String binding) {
        return new Answer(failure.reason().status(), JSON, ErrorJson.render(failure, binding));
    }

    /** As Dapr: a text for whoever does not say who he is, an error code for whoever may not. */
    static Answer refusal(Refusal refusal) {
        return switch (refusal.kind()) {
            case UNAUTHENTICATED -> new Answer(401, TEXT, Buffer.buffer(refusal.message()), refusal.challenge());
            case FORBIDDEN -> error(403, "ERR_PERMISSION_DENIED", refusal.message());
            case UNAVAILABLE -> error(503, "ERR_TOKEN_ISSUER_UNAVAILABLE", refusal.message());
        };
    }

    static Answer outcome(InvokeOutcome outcome, String binding) {
        return outcome.fold(stored -> NO_CONTENT, refused -> failure(refused.failure(), binding));
    }

    /** Whether the same request may be accepted a moment later. */
    boolean isTemporary() {
        return status == 503;
    }
}
