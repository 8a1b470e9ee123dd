package io.sluice.auth.kafka;

import io.sluice.auth.token.TokenException;
import java.util.List;
import java.util.Map;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.AppConfigurationEntry;
import org.apache.kafka.common.security.auth.AuthenticateCallbackHandler;
import org.apache.kafka.common.security.auth.SaslExtensions;
import org.apache.kafka.common.security.auth.SaslExtensionsCallback;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerTokenCallback;
import org.jspecify.annotations.Nullable;

/**
 * Hands the current token to each connection of one client that logs in, or does so again. Made by the Kafka client, and
 * called on its network thread, where nothing may wait.
 */
public final class TokenCallbacks implements AuthenticateCallbackHandler {
    /** The client property that holds the {@link TokenLogin}. */
    static final String LOGIN = "sluice.token.login";

    private @Nullable TokenLogin login;

    @Override
    public void configure(Map<String, ?> configs, String mechanism, List<AppConfigurationEntry> entries) {
        if (!(configs.get(LOGIN) instanceof TokenLogin given)) {
            throw new IllegalArgumentException(LOGIN + " is missing");
        }
        login = given;
        given.tokens().retain();
    }

    @Override
    public void handle(Callback[] callbacks) throws TokenException, UnsupportedCallbackException {
        if (login == null) {
            throw new IllegalStateException("not configured");
        }
        for (Callback callback : callbacks) {
            if (callback instanceof OAuthBearerTokenCallback token) {
                token.token(new BearerToken(login.tokens().current()));
            } else if (callback instanceof SaslExtensionsCallback extensions) {
                extensions.extensions(new SaslExtensions(login.extensions()));
            } else {
                throw new UnsupportedCallbackException(callback);
            }
        }
    }

    /** Also called when {@link #configure} was not, or had failed. */
    @Override
    public void close() {
        if (login != null) {
            login.tokens().release();
            login = null;
        }
    }
}
