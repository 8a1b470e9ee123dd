package io.sluice.core.bus;

import io.sluice.core.envelope.InvokeParser;
import io.sluice.core.envelope.MalformedEnvelopeException;
import io.sluice.core.message.ErrorJson;
import io.sluice.core.message.Failure;
import io.sluice.core.message.InvokeOutcome;
import io.sluice.core.message.InvokeRequest;
import io.sluice.core.message.Reason;
import io.vertx.core.Future;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.EncodeException;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One call over request and reply: what a message asks for, and how its outcome travels back.
 *
 * <p>A refusal travels as a failed reply: its code is the reason's status, its message the error's JSON with one more
 * member, {@code reason}, because several reasons share a status and an error code.
 */
public final class InvokeReplies {
    private static final String REASON = "reason";

    private InvokeReplies() {}

    /**
     * The request in the body of a message: an {@link InvokeRequest} itself, or a {@link JsonObject} of the members that
     * an HTTP body has.
     *
     * @throws MalformedEnvelopeException when the body is anything else
     */
    public static InvokeRequest request(@Nullable Object body) throws MalformedEnvelopeException {
        if (body instanceof InvokeRequest request) {
            return request;
        }
        if (body instanceof JsonObject json) {
            return fromJson(json);
        }
        throw new MalformedEnvelopeException("the body must be a JSON object or an InvokeRequest");
    }

    /**
     * The request that {@code body} describes, under the rules of {@link InvokeParser}.
     *
     * @throws MalformedEnvelopeException when it describes none, or holds what JSON cannot express
     */
    public static InvokeRequest fromJson(JsonObject body) throws MalformedEnvelopeException {
        byte[] text;
        try {
            text = body.toBuffer().getBytes();
        } catch (EncodeException e) {
            throw new MalformedEnvelopeException("the body cannot be written as JSON");
        }
        return InvokeParser.parse(text);
    }

    /** Answers {@code call} in its own form: the typed outcome for a typed request, an empty object for JSON. */
    public static void answer(Message<?> call, String binding, InvokeOutcome outcome) {
        call.reply(outcome.<Object>fold(
                stored -> call.body() instanceof InvokeRequest ? stored : new JsonObject(),
                refused -> toReply(refused.failure(), binding)));
    }

    /** The failed reply that tells of {@code failure}. */
    public static ReplyException toReply(Failure failure, String binding) {
        String json = ErrorJson.object(failure, binding)
                .put(REASON, failure.reason().name())
                .encode();
        return new ReplyException(
                ReplyFailure.RECIPIENT_FAILURE, failure.reason().status(), json);
    }

    /**
     * The outcome that a failed request tells of: nobody serves the address, no reply in time, or a refusal by
     * {@link #toReply}. Any other cause is no outcome, and fails the future as it is.
     */
    public static Future<InvokeOutcome> toOutcome(Throwable cause, String binding) {
        return failure(cause, binding)
                .map(failure -> Future.<InvokeOutcome>succeededFuture(new InvokeOutcome.Refused(failure)))
                .orElseGet(() -> Future.failedFuture(cause));
    }

    private static Optional<Failure> failure(Throwable cause, String binding) {
        if (!(cause instanceof ReplyException reply)) {
            return Optional.empty();
        }
        return switch (reply.failureType()) {
            case NO_HANDLERS -> Optional.of(Failure.unknownBinding(binding));
            case TIMEOUT -> Optional.of(Failure.deadlineExceeded());
            case RECIPIENT_FAILURE -> parse(reply.getMessage(), binding);
            case ERROR -> Optional.empty();
        };
    }

    private static Optional<Failure> parse(@Nullable String text, String binding) {
        try {
            var error = new JsonObject(text == null ? "{}" : text);
            return Arrays.stream(Reason.values())
                    .filter(reason -> reason.name().equals(error.getValue(REASON)))
                    .findFirst()
                    .map(reason -> new Failure(reason, detail(reason, error.getString("message", ""), binding)));
        } catch (DecodeException e) {
            return Optional.empty();
        }
    }

    /** What is left of a message without the words that {@link Failure#message} puts in front. */
    private static String detail(Reason reason, String message, String binding) {
        String front = new Failure(reason, "").message(binding);
        return message.startsWith(front) ? message.substring(front.length()) : message;
    }
}
