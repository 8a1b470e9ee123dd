package io.sluice.auth.kafka;

import io.sluice.core.binding.Secret;
import java.util.Set;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerToken;
import org.jspecify.annotations.Nullable;

/** A token as Kafka's client sends it: only its text counts there, the broker reads the rest from it. */
record BearerToken(Secret secret) implements OAuthBearerToken {
    @Override
    public String value() {
        return secret.reveal();
    }

    @Override
    public Set<String> scope() {
        return Set.of();
    }

    @Override
    public long lifetimeMs() {
        return Long.MAX_VALUE;
    }

    @Override
    public String principalName() {
        return "";
    }

    @Override
    public @Nullable Long startTimeMs() {
        return null;
    }
}
