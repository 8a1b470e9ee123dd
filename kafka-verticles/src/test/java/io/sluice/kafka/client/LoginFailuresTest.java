package io.sluice.kafka.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sluice.auth.tls.Certificates;
import io.sluice.auth.tls.PemSource;
import io.sluice.auth.token.TokenException;
import io.sluice.core.binding.AuthSettings;
import io.sluice.core.binding.AuthSettings.AwsIam;
import io.sluice.core.binding.AuthSettings.Certificate;
import io.sluice.core.binding.AuthSettings.MutualTls;
import io.sluice.core.binding.AuthSettings.None;
import io.sluice.core.binding.AuthSettings.Oidc;
import io.sluice.core.binding.AuthSettings.OidcClient;
import io.sluice.core.binding.AuthSettings.Password;
import io.sluice.core.binding.AuthSettings.SaslMechanism;
import io.sluice.core.binding.AuthSettings.Tls;
import io.sluice.core.binding.Secret;
import java.net.URI;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.IllegalSaslStateException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnsupportedSaslMechanismException;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The exceptions are those of real clients; {@code LoginFailureIT} holds them against a real broker. */
class LoginFailuresTest {
    private static final Tls PLAIN = new Tls(false, null, null, null, null, false);
    private static final Tls SYSTEM_ROOTS = new Tls(true, null, null, null, null, false);
    private static final Tls OWN_ROOTS = new Tls(true, "ca", null, null, null, false);
    private static final Tls CLIENT = new Tls(true, "ca", "cert", new Secret("key"), null, false);

    private static final AuthSettings NONE = new None(PLAIN);
    private static final AuthSettings PASSWORD =
            new Password("u", new Secret("p"), SaslMechanism.SCRAM_SHA_256, SYSTEM_ROOTS);
    private static final AuthSettings CLEAR_PASSWORD = new Password("u", new Secret("p"), SaslMechanism.PLAIN, PLAIN);
    private static final AuthSettings CERTIFICATE = new Certificate(OWN_ROOTS);
    private static final AuthSettings MUTUAL = new MutualTls(CLIENT);
    private static final AuthSettings OIDC = new Oidc(
            new OidcClient(URI.create("https://idp"), "id", List.of("kafka"), Map.of()), new Secret("s"), SYSTEM_ROOTS);
    private static final AuthSettings AWS = new AwsIam("eu-west-1", null, null, null, null, "session", SYSTEM_ROOTS);

    @ParameterizedTest
    @MethodSource("table")
    void aFailedLoginMeans(AuthSettings auth, Throwable error, String message) {
        assertThat(failures(auth).of(error)).isEqualTo("kafka at b:9092" + message);
    }

    static Stream<Arguments> table() {
        return Stream.of(passwords(), tokens(), brokersCertificates(), clientCertificates(), listeners())
                .flatMap(rows -> rows);
    }

    private static Stream<Arguments> passwords() {
        var wrong = new SaslAuthenticationException("Authentication failed: Invalid username or password");
        return Stream.of(
                Arguments.of(
                        PASSWORD,
                        new ExecutionException(wrong),
                        " refuses the login (Authentication failed: Invalid username or password); unknown user, or wrong "
                                + "password for SCRAM-SHA-256: look at saslUsername, saslPassword and saslMechanism"),
                Arguments.of(
                        PASSWORD,
                        new UnsupportedSaslMechanismException(
                                "Client SASL mechanism 'SCRAM-SHA-256' not enabled in the "
                                        + "server, enabled mechanisms are [PLAIN, SCRAM-SHA-512]"),
                        " does not offer the login SCRAM-SHA-256 but PLAIN, SCRAM-SHA-512; look at saslMechanism"),
                Arguments.of(
                        OIDC,
                        new UnsupportedSaslMechanismException("no such mechanism"),
                        " does not offer the login OAUTHBEARER; look at authType"));
    }

    private static Stream<Arguments> tokens() {
        var refused = new SaslAuthenticationException("{\"status\":\"invalid_token\"}");
        var none = new SaslAuthenticationException("cannot log in", new IllegalStateException("the endpoint is away"));
        var scope = new SaslAuthenticationException("{\"status\":\"insufficient_scope\", \"scope\":\"kafka\"}");
        var extensions = new SaslAuthenticationException(
                "Authentication failed: 1 extensions are invalid! They are: tenant: unknown");
        return Stream.of(
                Arguments.of(
                        OIDC,
                        refused,
                        " refuses the token ({\"status\":\"invalid_token\"}): issuer, signing key, audience or scope are not "
                                + "what the broker expects, or the token is not valid by the broker's clock; look at "
                                + "oidcTokenEndpoint, oidcScopes and oidcClientID"),
                Arguments.of(
                        OIDC,
                        scope,
                        " refuses the token ({\"status\":\"insufficient_scope\", \"scope\":\"kafka\"}): it is not for what "
                                + "the broker asks for; look at oidcScopes"),
                Arguments.of(
                        OIDC,
                        extensions,
                        " refuses what comes with the token (Authentication failed: 1 extensions are invalid! They are: "
                                + "tenant: unknown); look at oidcExtensions"),
                Arguments.of(
                        AWS,
                        refused,
                        " refuses the token ({\"status\":\"invalid_token\"}): unknown identity, other region, or not allowed "
                                + "to connect; look at region, accessKey and secretKey, and at the identity's policy"),
                Arguments.of(OIDC, none, ": no token to log in with: the endpoint is away"),
                Arguments.of(
                        OIDC,
                        new KafkaException("x", new TokenException("oidcTokenEndpoint is away")),
                        ": no token to log in with: oidcTokenEndpoint is away"));
    }

    private static Stream<Arguments> brokersCertificates() {
        var noPath = new CertPathBuilderException("unable to find valid certification path to requested target");
        String untrusted = ": the broker's certificate is not trusted (" + noPath.getMessage() + "); ";
        return Stream.of(
                Arguments.of(
                        PASSWORD,
                        tls(new SSLHandshakeException("PKIX path building failed"), noPath),
                        untrusted + "set caCert, unless one of the system's roots should vouch for it"),
                Arguments.of(
                        CERTIFICATE,
                        tls(new SSLHandshakeException("PKIX path building failed"), noPath),
                        untrusted + "look at caCert: it does not vouch for it"),
                Arguments.of(
                        CERTIFICATE,
                        tls(new SSLHandshakeException("x"), new CertificateException("No name matching broker found")),
                        ": the broker's certificate is for another host (No name matching broker found); look at brokers: "
                                + "they must be named as their certificates name them"),
                Arguments.of(
                        CERTIFICATE,
                        tls(new CertPathValidatorException(
                                "validity check failed", new CertificateExpiredException("NotAfter: Fri"))),
                        ": the broker's certificate has expired (NotAfter: Fri); it must be renewed there, unless the clock "
                                + "is wrong here"),
                Arguments.of(
                        CERTIFICATE,
                        tls(new CertPathValidatorException(
                                "validity check failed", new CertificateNotYetValidException("NotBefore: Mon"))),
                        ": the broker's certificate is not valid yet (NotBefore: Mon); it must be renewed there, unless the "
                                + "clock is wrong here"),
                Arguments.of(CERTIFICATE, tls(new SSLException("something new")), ": TLS fails: something new"));
    }

    private static Stream<Arguments> clientCertificates() {
        return Stream.of(
                Arguments.of(
                        CERTIFICATE,
                        tls(new SSLHandshakeException("Received fatal alert: certificate_required")),
                        ": the broker demands a client certificate (certificate_required); look at authType: mtls, with "
                                + "clientCert and clientKey, has one"),
                Arguments.of(
                        MUTUAL,
                        tls(new SSLHandshakeException("Received fatal alert: bad_certificate")),
                        ": the broker refuses the client certificate (bad_certificate); look at clientCert and clientKey: they "
                                + "must belong together, be valid today, and come from an authority that the broker trusts"),
                Arguments.of(
                        MUTUAL,
                        tls(new SSLHandshakeException("Received fatal alert: protocol_version")),
                        ": TLS fails: Received fatal alert: protocol_version"));
    }

    private static Stream<Arguments> listeners() {
        String noLogin = " has no login (SASL) on this port; look at authType and at the port in brokers";
        return Stream.of(
                Arguments.of(
                        CERTIFICATE,
                        tls(new SSLException("Unsupported or unrecognized SSL message")),
                        ": what listens there does not speak TLS; look at brokers and disableTls"),
                Arguments.of(PASSWORD, new IllegalSaslStateException("Unexpected handshake request"), noLogin),
                Arguments.of(PASSWORD, spoken(SecurityProtocol.SSL), noLogin),
                Arguments.of(
                        NONE,
                        spoken(SecurityProtocol.SASL_SSL),
                        " expects TLS, and this binding speaks plain text; look at authType: none has no TLS"),
                Arguments.of(
                        CLEAR_PASSWORD,
                        spoken(SecurityProtocol.SASL_SSL),
                        " expects TLS, and this binding speaks plain text; look at disableTls"),
                Arguments.of(
                        MUTUAL,
                        spoken(SecurityProtocol.PLAINTEXT),
                        " speaks plain text, and this binding expects TLS; look at authType, disableTls and the port in "
                                + "brokers"),
                Arguments.of(
                        NONE,
                        spoken(SecurityProtocol.SASL_PLAINTEXT),
                        " expects a login (SASL), and authType has none; look at authType"));
    }

    @Test
    void certificatesThatCannotBeUsedAreToldByFieldAndBroker() {
        Throwable unusable = catchThrowable(() -> Certificates.read(new PemSource("caCert", "no such file")));

        assertThat(failures(CERTIFICATE).of(unusable))
                .startsWith("kafka at b:9092 cannot be connected to: caCert (no such file) ");
    }

    @Test
    void onlyWhatABrokerSaidIsARefusal() {
        var refused = new SaslAuthenticationException("no");

        assertThat(LoginFailures.isRefusal(new ExecutionException(refused))).isTrue();
        assertThat(LoginFailures.isRefusal(new SaslAuthenticationException("no token", new TokenException("x"))))
                .isFalse();
        assertThat(LoginFailures.isRefusal(new TimeoutException("x"))).isFalse();
    }

    @Test
    void anythingElseIsNone() {
        assertThat(failures(PASSWORD).of(new TimeoutException("x", new IllegalStateException())))
                .isNull();
    }

    private static LoginFailures failures(AuthSettings auth) {
        return new LoginFailures(new Cluster(List.of("b:9092"), auth, "c"));
    }

    private static ListenerMismatchException spoken(SecurityProtocol protocol) {
        return new ListenerMismatchException(protocol);
    }

    /** A handshake that failed, because of one, because of the next, and so on. */
    private static AuthenticationException tls(Exception... causes) {
        for (int i = 0; i + 1 < causes.length; i++) {
            causes[i].initCause(causes[i + 1]);
        }
        return new SslAuthenticationException("SSL handshake failed", causes[0]);
    }
}
