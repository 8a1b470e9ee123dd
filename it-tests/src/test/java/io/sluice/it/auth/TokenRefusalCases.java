package io.sluice.it.auth;

import io.sluice.it.auth.TokenMint.Flaw;
import io.sluice.it.gateway.Component;
import io.sluice.it.gateway.TestGateway;
import io.sluice.testing.tls.Identity;
import io.sluice.testing.tls.TestCa;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One binding for each way in which a login by token can be wrong; its client at the token server has its name. */
final class TokenRefusalCases {
    /** These also consume. */
    private static final List<String> INPUTS = List.of("audience", "expired", "scope", "scope-unknown", "signature");

    private static final String SECRET = "its-secret";
    private static final String INVALID =
            " refuses the token ({\"status\":\"invalid_token\"}): issuer, signing key, audience "
                    + "or scope are not what the broker expects, or the token is not valid by the broker's clock; look at "
                    + "oidcTokenEndpoint, oidcScopes and oidcClientID";

    private final OidcServer server;
    private final OidcKafka kafka;
    private final TestCa ca = TestCa.create();
    private final List<LoginFailureCase> cases = new ArrayList<>();

    TokenRefusalCases(OidcServer server, OidcKafka kafka) {
        this.server = server;
        this.kafka = kafka;
        brokers();
        answers();
        ways();
    }

    List<LoginFailureCase> all() {
        return cases;
    }

    /** What the broker says. */
    private void brokers() {
        spoiled("audience", Flaw.AUDIENCE, INVALID);
        spoiled("issuer", Flaw.ISSUER, INVALID);
        spoiled("expired", Flaw.EXPIRED, INVALID);
        spoiled("too-early", Flaw.TOO_EARLY, INVALID);
        spoiled("key", Flaw.KEY, INVALID);
        spoiled(
                "scope",
                Flaw.SCOPE,
                " refuses the token ({\"status\":\"insufficient_scope\", \"scope\":\"kafka\"}): it is not for what the broker "
                        + "asks for; look at oidcScopes");
        Component right = binding("extensions");
        cases.add(LoginFailureCase.corrected(
                right.with("oidcExtensions", "{\"tenant\":\"another\"}"),
                at() + " refuses what comes with the token (Authentication failed: 1 extensions are invalid! They are: "
                        + "tenant: missing or unknown); look at oidcExtensions",
                right));
    }

    /** What the token server says. */
    private void answers() {
        Component secret = binding("secret");
        server.expect("secret", "another-secret");
        cases.add(LoginFailureCase.of(
                secret,
                noToken(server.tokenEndpoint())
                        + " refuses oidcClientID and oidcClientSecret: invalid_client: not one of ours",
                () -> server.expect("secret", SECRET)));
        cases.add(LoginFailureCase.of(
                binding("scope-unknown").with("oidcScopes", "orders payments"),
                noToken(server.tokenEndpoint()) + " refuses oidcScopes \"orders payments\": invalid_scope",
                () -> server.allow("orders payments")));
        Identity key = ca.issue("signature").rsa().sign();
        Identity another = ca.issue("another").rsa().sign();
        server.expect("signature", another.certificate().getPublicKey());
        cases.add(LoginFailureCase.of(
                output(kafka.signing("signature", "signature", key.key())),
                noToken(server.tokenEndpoint())
                        + " refuses oidcClientID and the signature of oidcClientAssertionKey: invalid_client: not one of "
                        + "ours",
                () -> server.expect("signature", key.certificate().getPublicKey())));
    }

    /** What lies between. */
    private void ways() {
        String secure = server.overTls(ca.server());
        Path roots = TestGateway.folderWith(Map.of("ca.pem", TestCa.create().certificate()))
                .resolve("ca.pem")
                .toAbsolutePath();
        cases.add(LoginFailureCase.of(
                binding("untrusted").with("oidcTokenEndpoint", secure).with("caCert", roots.toString()),
                noToken(secure) + ": its certificate is not trusted, see caCert: ",
                () -> LoginFailureCase.write(roots, ca.certificate())));
        Component right = binding("unknown-host");
        String nowhere = "http://nowhere.invalid/token";
        cases.add(LoginFailureCase.corrected(
                right.with("oidcTokenEndpoint", nowhere),
                noToken(nowhere) + ": the name of its host is not known",
                right));
    }

    private void spoiled(String client, Flaw flaw, String message) {
        server.spoil(client, flaw);
        cases.add(LoginFailureCase.of(binding(client), at() + message, () -> server.spoil(client, Flaw.NONE)));
    }

    private Component binding(String name) {
        server.expect(name, SECRET);
        return output(kafka.binding(name, name, SECRET));
    }

    private static Component output(Component binding) {
        return binding.with("topics", LoginFailureSteps.TOPIC)
                .with("publishTopic", LoginFailureSteps.TOPIC)
                .with("maxMessageBytes", "100000")
                .with("metadataTimeout", "1s")
                .with("direction", INPUTS.contains(binding.name()) ? "input, output" : "output");
    }

    private String at() {
        return "kafka at " + kafka.address();
    }

    private String noToken(String endpoint) {
        return at() + ": no token to log in with: error generating oauth2 token: oidcTokenEndpoint " + endpoint;
    }
}
