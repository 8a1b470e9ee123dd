package io.sluice.auth.kafka;

import io.sluice.auth.token.TokenException;
import io.sluice.auth.token.TokenSource;
import io.sluice.core.binding.AuthSettings.Tls;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule;

/**
 * A token that somebody issued, over SASL/OAUTHBEARER (RFC 7628).
 *
 * @param extensions what goes to the broker with the token
 */
record TokenLogin(TokenSource tokens, Map<String, String> extensions, Tls tls) implements KafkaSecurity {
    /** Whoever opens a client hears in time why it does not come; the fetch goes on. */
    private static final Duration FIRST_TOKEN_WITHIN = Duration.ofSeconds(5);

    /** @throws KafkaException while there is no token: its innermost text says why */
    @Override
    public Map<String, Object> clientProperties() {
        awaitFirstToken();
        Map<String, Object> properties = Transport.sasl(tls);
        properties.put(SaslConfigs.SASL_MECHANISM, OAuthBearerLoginModule.OAUTHBEARER_MECHANISM);
        // A login without a token: Kafka would keep the one of the start for all connections, or refresh it on its own
        // terms, ten seconds after a failure at the soonest. Each connection asks TokenCallbacks instead.
        properties.put(SaslConfigs.SASL_JAAS_CONFIG, new Password(Jaas.entry(OAuthBearerLoginModule.class, Map.of())));
        properties.put(SaslConfigs.SASL_CLIENT_CALLBACK_HANDLER_CLASS, TokenCallbacks.class);
        properties.put(TokenCallbacks.LOGIN, this);
        return Map.copyOf(properties);
    }

    @Override
    public void refused() {
        tokens.refused();
    }

    /** Here and not in a callback: Kafka runs those of all clients of a process under one lock. */
    private void awaitFirstToken() {
        try {
            tokens.await(FIRST_TOKEN_WITHIN);
        } catch (TokenException e) {
            throw new KafkaException("no token to log in with", e);
        }
    }

    /** In a client's properties, which may be printed. */
    @Override
    public String toString() {
        return "TokenLogin";
    }
}
