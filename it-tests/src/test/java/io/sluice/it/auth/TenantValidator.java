package io.sluice.it.auth;

import java.io.IOException;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.UnsupportedCallbackException;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerExtensionsValidatorCallback;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerValidatorCallback;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerValidatorCallbackHandler;

/**
 * Kafka's own check of tokens, which also wants a scope, and a SASL extension, as Confluent Cloud does. Made by the broker.
 */
public final class TenantValidator extends OAuthBearerValidatorCallbackHandler {
    static final String TENANT = "tenant-1";

    @Override
    public void handle(Callback[] callbacks) throws IOException, UnsupportedCallbackException {
        super.handle(callbacks);
        for (Callback callback : callbacks) {
            if (callback instanceof OAuthBearerValidatorCallback login) {
                checkScope(login);
            } else if (callback instanceof OAuthBearerExtensionsValidatorCallback extensions
                    && !TENANT.equals(extensions.inputExtensions().map().get("tenant"))) {
                extensions.error("tenant", "missing or unknown");
            }
        }
    }

    private static void checkScope(OAuthBearerValidatorCallback login) {
        if (login.token() != null && !login.token().scope().contains(TokenMint.SCOPE)) {
            login.error("insufficient_scope", TokenMint.SCOPE, null);
        }
    }
}
