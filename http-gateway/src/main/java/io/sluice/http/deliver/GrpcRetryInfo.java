package io.sluice.http.deliver;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import io.vertx.grpc.common.GrpcStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How long an app that speaks gRPC asks to be left alone when it is overloaded: a {@code google.rpc.RetryInfo} among the
 * details of its status, else {@code grpc-retry-pushback-ms} as gRPC's own clients know it (gRFC A6), else {@code retry-after}
 * as over HTTP.
 */
final class GrpcRetryInfo {
    private static final Set<GrpcStatus> OVERLOADED = Set.of(GrpcStatus.UNAVAILABLE, GrpcStatus.RESOURCE_EXHAUSTED);
    private static final String DETAILS = "grpc-status-details-bin";
    private static final String PUSHBACK = "grpc-retry-pushback-ms";
    private static final String RETRY_AFTER = "retry-after";
    private static final String TYPE = "google.rpc.RetryInfo";
    private static final Pattern NUMBER = Pattern.compile("\\d{1,10}");
    private static final int UNAVAILABLE_OVER_HTTP = 503;

    /** Numbers of fields: of google.rpc.Status, google.protobuf.Any, google.rpc.RetryInfo and google.protobuf.Duration. */
    private static final int STATUS_DETAILS = 3;

    private static final int ANY_TYPE = 1;
    private static final int ANY_VALUE = 2;
    private static final int RETRY_DELAY = 1;
    private static final int DURATION_SECONDS = 1;

    private static final int DURATION_NANOS = 2;

    private GrpcRetryInfo() {}

    /**
     * The pause from now on, zero for none and {@link RetryAfter#LONGEST} at most.
     *
     * @param metadata the app's trailers, by name; gives null for what is not there
     */
    static Duration pause(GrpcStatus status, UnaryOperator<@Nullable String> metadata, Instant now) {
        if (!OVERLOADED.contains(status)) {
            return Duration.ZERO;
        }
        return detailed(metadata.apply(DETAILS))
                .or(() -> pushback(metadata.apply(PUSHBACK)))
                .map(RetryAfter::bounded)
                .orElseGet(() -> RetryAfter.pause(UNAVAILABLE_OVER_HTTP, metadata.apply(RETRY_AFTER), now));
    }

    private static Optional<Duration> pushback(@Nullable String millis) {
        return millis != null && NUMBER.matcher(millis).matches()
                ? Optional.of(Duration.ofMillis(Long.parseLong(millis)))
                : Optional.empty();
    }

    private static Optional<Duration> detailed(@Nullable String details) {
        if (details == null) {
            return Optional.empty();
        }
        try {
            var status = UnknownFieldSet.parseFrom(Base64.getDecoder().decode(details));
            for (var detail : status.getField(STATUS_DETAILS).getLengthDelimitedList()) {
                var any = UnknownFieldSet.parseFrom(detail);
                if (text(any).endsWith(TYPE)) {
                    return Optional.of(delay(any));
                }
            }
        } catch (IllegalArgumentException | InvalidProtocolBufferException notDetails) {
            // Whatever else it is, the app's status counts without it.
        }
        return Optional.empty();
    }

    private static String text(UnknownFieldSet any) {
        return any.getField(ANY_TYPE).getLengthDelimitedList().stream()
                .findFirst()
                .map(type -> type.toStringUtf8())
                .orElse("");
    }

    private static Duration delay(UnknownFieldSet any) throws InvalidProtocolBufferException {
        Duration delay = Duration.ZERO;
        for (var info : any.getField(ANY_VALUE).getLengthDelimitedList()) {
            for (var part :
                    UnknownFieldSet.parseFrom(info).getField(RETRY_DELAY).getLengthDelimitedList()) {
                var duration = UnknownFieldSet.parseFrom(part);
                delay = Duration.ofSeconds(number(duration, DURATION_SECONDS), number(duration, DURATION_NANOS));
            }
        }
        return delay;
    }

    /** Cut, so that no app can name a time that is too long to be reckoned with. */
    private static long number(UnknownFieldSet message, int field) {
        long said = message.getField(field).getVarintList().stream().findFirst().orElse(0L);
        return Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, said));
    }
}
