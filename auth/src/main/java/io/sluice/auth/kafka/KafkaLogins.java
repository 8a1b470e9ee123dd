package io.sluice.auth.kafka;

import io.sluice.core.binding.AuthSettings;
import io.sluice.core.binding.AuthSettings.AwsIam;
import io.sluice.core.binding.AuthSettings.Oidc;
import io.sluice.core.binding.AuthSettings.OidcPrivateKeyJwt;
import io.sluice.core.binding.AuthSettings.Password;

/** From the settings of a binding to its login. Safe for use from any thread. */
public final class KafkaLogins {

    /**
     * The login that {@code auth} asks for.
     *
     * @throws IllegalArgumentException for a type that this version has no login for; component files with one are refused
     *     at load
     */
    public KafkaSecurity of(AuthSettings auth) {
        if (auth instanceof Password password) {
            return new PasswordLogin(password);
        }
        if (auth instanceof Oidc || auth instanceof OidcPrivateKeyJwt || auth instanceof AwsIam) {
            throw new IllegalArgumentException("no login for " + auth.getClass().getSimpleName());
        }
        return new NoSasl(auth.tls());
    }
}
