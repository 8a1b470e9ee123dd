package io.sluice.kafka.client;

import io.sluice.auth.kafka.Transport;
import io.sluice.auth.tls.PemException;
import io.sluice.auth.token.TokenException;
import io.sluice.core.binding.AuthSettings;
import io.sluice.core.binding.AuthSettings.AwsIam;
import io.sluice.core.binding.AuthSettings.None;
import io.sluice.core.binding.AuthSettings.Oidc;
import io.sluice.core.binding.AuthSettings.OidcPrivateKeyJwt;
import io.sluice.core.binding.AuthSettings.Password;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.IllegalSaslStateException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.UnsupportedSaslMechanismException;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.jspecify.annotations.Nullable;

/**
 * What a failed login means to an operator: the one table from what Kafka's clients throw, and the settings that they were
 * given, to a message that names the brokers and the field to look at.
 */
final class LoginFailures {
    private static final Pattern OFFERED = Pattern.compile("enabled mechanisms are \\[([^]]*)]");

    private final String at;
    private final AuthSettings auth;
    private final TlsFailures tls;

    LoginFailures(Cluster cluster) {
        this.at = "kafka at " + cluster.address();
        this.auth = cluster.auth();
        this.tls = new TlsFailures(cluster.address(), cluster.auth().tls());
    }

    /** The message, null when {@code error} is not about a login. */
    @Nullable
    String of(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof AuthenticationException failed) {
                return failed(failed);
            }
            if (cause instanceof ListenerMismatchException mismatch) {
                return mismatch(mismatch.spoken());
            }
            if (cause instanceof TokenException none) {
                return at + ": no token to log in with: " + none.getMessage();
            }
            if (cause instanceof PemException unusable) {
                return at + " cannot be connected to: " + unusable.getMessage();
            }
        }
        return null;
    }

    /** Whether brokers said no to who we are; false when there was nothing to show them. */
    static boolean isRefusal(Throwable error) {
        Throwable cause = error;
        while (cause != null && !(cause instanceof SaslAuthenticationException)) {
            cause = cause.getCause();
        }
        return cause != null && cause.getCause() == null;
    }

    private static boolean isByToken(AuthSettings auth) {
        return auth instanceof Oidc || auth instanceof OidcPrivateKeyJwt || auth instanceof AwsIam;
    }

    private String failed(AuthenticationException error) {
        if (error instanceof SslAuthenticationException) {
            return tls.of(error);
        }
        if (error instanceof IllegalSaslStateException) {
            return noLogin();
        }
        if (error instanceof UnsupportedSaslMechanismException) {
            return mechanism(KafkaFailures.message(error));
        }
        if (isByToken(auth)) {
            return token(error);
        }
        return at + " refuses the login (" + KafkaFailures.message(error) + "); "
                + (auth instanceof Password
                        ? "unknown user, or wrong password for " + name()
                                + ": look at saslUsername, saslPassword and saslMechanism"
                        : "look at authType");
    }

    private String mechanism(String text) {
        Matcher offered = OFFERED.matcher(text);
        String field = auth instanceof Password ? "saslMechanism" : "authType";
        return at + " does not offer the login " + name() + (offered.find() ? " but " + offered.group(1) : "")
                + "; look at " + field;
    }

    /** As Kafka spells mechanisms. */
    private String name() {
        return auth instanceof Password password
                ? switch (password.mechanism()) {
                    case PLAIN -> "PLAIN";
                    case SCRAM_SHA_256 -> "SCRAM-SHA-256";
                    case SCRAM_SHA_512 -> "SCRAM-SHA-512";
                }
                : "OAUTHBEARER";
    }

    private String token(Throwable error) {
        if (error.getCause() != null) {
            // It failed on this side, before the broker had a say.
            return at + ": no token to log in with: " + KafkaFailures.message(error);
        }
        String said = KafkaFailures.message(error);
        String refused = at + " refuses the token (" + said + "): ";
        return auth instanceof AwsIam
                ? refused + "unknown identity, other region, or not allowed to connect; look at region, accessKey and "
                        + "secretKey, and at the identity's policy"
                : oidc(said, refused);
    }

    /** Of a token that they do not like, brokers say no more than one word (RFC 7628, section 3.2.2). */
    private String oidc(String said, String refused) {
        if (said.contains("extensions are invalid")) {
            return at + " refuses what comes with the token (" + said + "); look at oidcExtensions";
        }
        if (said.contains("\"insufficient_scope\"")) {
            return refused + "it is not for what the broker asks for; look at oidcScopes";
        }
        return refused + "issuer, signing key, audience or scope are not what the broker expects, or the token is not "
                + "valid by the broker's clock; look at oidcTokenEndpoint, oidcScopes and " + audience();
    }

    private String audience() {
        return auth instanceof OidcPrivateKeyJwt ? "oidcAudience" : "oidcClientID";
    }

    private String mismatch(SecurityProtocol spoken) {
        SecurityProtocol expected = Transport.protocol(auth);
        if (isTls(spoken) && !isTls(expected)) {
            return at + " expects TLS, and this binding speaks plain text; look at "
                    + (auth instanceof None ? "authType: none has no TLS" : "disableTls");
        }
        if (isTls(expected) && !isTls(spoken)) {
            return at
                    + " speaks plain text, and this binding expects TLS; look at authType, disableTls and the port in "
                    + "brokers";
        }
        return isSasl(spoken) ? at + " expects a login (SASL), and authType has none; look at authType" : noLogin();
    }

    private String noLogin() {
        return at + " has no login (SASL) on this port; look at authType and at the port in brokers";
    }

    static boolean isTls(SecurityProtocol protocol) {
        return protocol == SecurityProtocol.SSL || protocol == SecurityProtocol.SASL_SSL;
    }

    private static boolean isSasl(SecurityProtocol protocol) {
        return protocol == SecurityProtocol.SASL_PLAINTEXT || protocol == SecurityProtocol.SASL_SSL;
    }
}
