package io.sluice.core.binding;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How the gateway logs in to Kafka: one record per {@code authType}. */
public sealed interface AuthSettings {

    /** Transport security, common to all types. */
    Tls tls();

    /** {@code authType: none}. */
    record None(Tls tls) implements AuthSettings {}

    /** {@code authType: password}. */
    record Password(String username, Secret password, SaslMechanism mechanism, Tls tls) implements AuthSettings {}

    /** {@code authType: mtls}: the client certificate of {@link Tls} is who we are. */
    record MutualTls(Tls tls) implements AuthSettings {}

    /** {@code authType: certificate}: encrypted with {@code caCert}, no client identity. */
    record Certificate(Tls tls) implements AuthSettings {}

    /** {@code authType: oidc}: OAuth 2 client credentials. */
    record Oidc(OidcClient client, Secret clientSecret, Tls tls) implements AuthSettings {}

    /** {@code authType: oidc_private_key_jwt}: OAuth 2 client credentials with a signed assertion. */
    record OidcPrivateKeyJwt(
            OidcClient client,
            Secret assertionCert,
            Secret assertionKey,
            @Nullable String resource,
            @Nullable String audience,
            @Nullable String keyId,
            Tls tls)
            implements AuthSettings {}

    /**
     * {@code authType: awsiam}.
     *
     * @param accessKey null for the credentials that AWS's own chain of providers finds; it comes with {@code secretKey}
     * @param roleArn the role to take on with those credentials, null for none
     */
    record AwsIam(
            String region,
            @Nullable String accessKey,
            @Nullable Secret secretKey,
            @Nullable Secret sessionToken,
            @Nullable String roleArn,
            String sessionName,
            Tls tls)
            implements AuthSettings {}

    /** The values of {@code saslMechanism}. */
    enum SaslMechanism {
        PLAIN,
        SCRAM_SHA_256,
        SCRAM_SHA_512
    }

    /** What the two OIDC types share. */
    record OidcClient(URI tokenEndpoint, String clientId, List<String> scopes, Map<String, String> extensions) {
        public OidcClient {
            scopes = List.copyOf(scopes);
            extensions = Map.copyOf(extensions);
        }
    }

    /**
     * Transport security. Each PEM is a text or the path of a file, as the component file says it.
     *
     * @param enabled false for {@code authType: none} and with {@code disableTls}
     * @param caCert roots to trust, null for the system's
     * @param skipVerify whether the broker's certificate is accepted unseen
     */
    record Tls(
            boolean enabled,
            @Nullable String caCert,
            @Nullable String clientCert,
            @Nullable Secret clientKey,
            @Nullable Secret clientKeyPassword,
            boolean skipVerify) {

        /** Without the PEMs: a certificate's text may come with its key in one piece. */
        @Override
        public String toString() {
            return "Tls[enabled=" + enabled + ", caCert=" + (caCert == null ? "system" : "given") + ", clientCert="
                    + (clientCert == null ? "none" : "given") + ", skipVerify=" + skipVerify + "]";
        }
    }
}
