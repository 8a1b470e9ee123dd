package io.sluice.it.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.AppConfigurationEntry;
import org.apache.kafka.common.security.auth.AuthenticateCallbackHandler;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerToken;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerTokenCallback;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerValidatorCallback;
import org.jspecify.annotations.Nullable;

/**
 * What Amazon's brokers do with a token, for a broker of a test. Its JAAS options are the identities: {@code key_ID} is the
 * secret key, {@code session_ID} the session token that goes with it.
 */
public final class IamBrokerCallback implements AuthenticateCallbackHandler {
    private static final String HOST = "kafka.eu-central-1.amazonaws.com";
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private Map<String, ?> identities = Map.of();

    @Override
    public void configure(Map<String, ?> configs, String saslMechanism, List<AppConfigurationEntry> entries) {
        identities = entries.get(0).getOptions();
    }

    @Override
    public void handle(Callback[] callbacks) throws UnsupportedCallbackException {
        for (Callback callback : callbacks) {
            if (callback instanceof OAuthBearerValidatorCallback login) {
                validate(login);
            } else if (!(callback instanceof OAuthBearerTokenCallback)) {
                // The other is the broker's own login, which needs no token.
                throw new UnsupportedCallbackException(callback);
            }
        }
    }

    private void validate(OAuthBearerValidatorCallback login) {
        PresignedUrl url = PresignedUrl.of(new String(Base64.getUrlDecoder().decode(login.tokenValue()), UTF_8));
        String accessKey = url.credential()[0];
        Instant signed = DATE.parse(Objects.requireNonNull(url.parameter("X-Amz-Date")), Instant::from);
        Instant expires = signed.plusSeconds(Long.parseLong(Objects.requireNonNull(url.parameter("X-Amz-Expires"))));
        if (isGenuine(url, accessKey) && isNow(signed, expires)) {
            login.token(new Accepted(login.tokenValue(), accessKey, expires));
        } else {
            login.error("invalid_token", null, null);
        }
    }

    private boolean isGenuine(PresignedUrl url, String accessKey) {
        return HOST.equals(url.host())
                && "kafka-cluster:Connect".equals(url.parameter("Action"))
                && identities.get("key_" + accessKey) instanceof String secretKey
                && Objects.equals(identities.get("session_" + accessKey), url.parameter("X-Amz-Security-Token"))
                && url.isSignedWith(secretKey, PresignedUrl.NO_BODY, Set.of("User-Agent"));
    }

    private static boolean isNow(Instant signed, Instant expires) {
        Instant now = Instant.now();
        return Duration.between(signed, now).abs().compareTo(Duration.ofMinutes(5)) < 0 && now.isBefore(expires);
    }

    @Override
    public void close() {}

    private record Accepted(String value, String principalName, Instant expires) implements OAuthBearerToken {
        @Override
        public Set<String> scope() {
            return Set.of();
        }

        @Override
        public long lifetimeMs() {
            return expires.toEpochMilli();
        }

        @Override
        public @Nullable Long startTimeMs() {
            return null;
        }
    }
}
