package io.sluice.auth.access;

import static io.sluice.auth.access.TestIssuer.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.auth.access.Refusal.Kind;
import io.sluice.core.binding.Secret;
import io.sluice.core.component.field.Problems;
import io.sluice.core.health.Health;
import io.sluice.testing.tls.TestCa;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AccessTest {
    private static final Secret TOKEN = new Secret("s3cret");
    private static final X509Certificate CERTIFICATE =
            TestCa.create().client("batch").certificate();
    private static final Presented NOTHING = new Presented(null, null, null);

    private final Vertx vertx = Vertx.vertx();
    private final TestIssuer issuer = new TestIssuer(vertx);

    @AfterEach
    void close() {
        await(vertx.close());
    }

    @Test
    void whereNothingIsConfiguredTheDoorIsOpen() {
        assertThat(access(null, ClientCertificates.NONE, false, Grants.EVERYTHING)
                        .isOpen())
                .isTrue();
        assertThat(access(TOKEN, ClientCertificates.NONE, false, Grants.EVERYTHING)
                        .isOpen())
                .isFalse();
        assertThat(access(null, ClientCertificates.NONE, true, Grants.EVERYTHING)
                        .isOpen())
                .isFalse();
        assertThat(access(null, ClientCertificates.NONE, false, grants("[{'to': 'anybody', 'invoke': '*'}]"))
                        .isOpen())
                .isFalse();
    }

    @Test
    void theApiTokenOrABearerTokenSuffices() {
        var access = access(TOKEN, ClientCertificates.NONE, true, Grants.EVERYTHING);
        var bearer = "Bearer " + issuer.token("first", issuer.claims());

        assertThat(refusal(access, new Presented("s3cret", null, null))).isNull();
        assertThat(refusal(access, new Presented(null, bearer, null))).isNull();
        assertThat(refusal(access, new Presented(null, bearer.replace("Bearer", "bEARER"), null)))
                .isNull();
        assertThat(refusal(access, new Presented("s3cret", "Bearer x", null))).isNull();
        assertThat(refusal(access, new Presented("wrong", bearer, null))).isNull();
    }

    @Test
    void aRefusalSaysWhatWasWrong() {
        var access = access(TOKEN, ClientCertificates.NONE, true, Grants.EVERYTHING);
        var forged = "Bearer " + issuer.forged("first", issuer.claims());

        assertThat(refusal(access, NOTHING))
                .isEqualTo(new Refusal(Kind.UNAUTHENTICATED, "invalid api token", "Bearer realm=\"sluice\""));
        assertThat(refusal(access, new Presented("wrong", null, null)))
                .isEqualTo(new Refusal(Kind.UNAUTHENTICATED, "invalid api token", "Bearer realm=\"sluice\""));
        assertThat(refusal(access, new Presented("wrong", forged, null)))
                .isEqualTo(new Refusal(
                        Kind.UNAUTHENTICATED,
                        "invalid bearer token: its signature cannot be verified",
                        "Bearer realm=\"sluice\", error=\"invalid_token\","
                                + " error_description=\"its signature cannot be verified\""));
        assertThat(refusal(access, new Presented(null, "Basic czNjcmV0", null)).message())
                .isEqualTo("invalid api token");
        assertThat(refusal(access(null, ClientCertificates.NONE, true, Grants.EVERYTHING), NOTHING))
                .isEqualTo(new Refusal(Kind.UNAUTHENTICATED, "missing bearer token", "Bearer realm=\"sluice\""));
    }

    @Test
    void withoutTokensABearerTokenIsNobodysBusiness() {
        var access = access(TOKEN, ClientCertificates.NONE, false, Grants.EVERYTHING);

        assertThat(refusal(access, new Presented("s3cret", "Bearer x", null))).isNull();
        assertThat(refusal(access, new Presented(null, "Bearer x", null)))
                .isEqualTo(new Refusal(Kind.UNAUTHENTICATED, "invalid api token", ""));
    }

    @Test
    void aCertificateStandsForATokenOnlyWhereItIsOptional() {
        var shown = new Presented(null, null, CERTIFICATE);
        var optional = access(TOKEN, ClientCertificates.OPTIONAL, false, Grants.EVERYTHING);
        var required = access(TOKEN, ClientCertificates.REQUIRED, false, Grants.EVERYTHING);
        var alone = access(null, ClientCertificates.REQUIRED, false, Grants.EVERYTHING);

        assertThat(refusal(optional, shown)).isNull();
        assertThat(refusal(optional, NOTHING).kind()).isEqualTo(Kind.UNAUTHENTICATED);
        assertThat(refusal(required, shown).kind()).isEqualTo(Kind.UNAUTHENTICATED);
        assertThat(refusal(required, new Presented("s3cret", null, CERTIFICATE)))
                .isNull();
        assertThat(refusal(alone, shown)).isNull();
        assertThat(refusal(access(null, ClientCertificates.OPTIONAL, false, Grants.EVERYTHING), NOTHING))
                .isEqualTo(new Refusal(Kind.UNAUTHENTICATED, "missing client certificate", ""));
    }

    @Test
    void whoMayNotIsForbiddenAndWhoHasNotSaidWhoHeIsHearsHowTo() {
        var grants = grants("""
                [{'to': 'anybody', 'invoke': 'public'},
                 {'to': {'subject': 'checkout'}, 'invoke': 'orders'},
                 {'to': {'certificate': 'CN=batch'}, 'invoke': 'batches'}]""");
        var access = access(TOKEN, ClientCertificates.REQUIRED, true, grants);
        var bearer = "Bearer " + issuer.token("first", issuer.claims());

        assertThat(refusal(access, NOTHING, "public")).isNull();
        assertThat(refusal(access, NOTHING, "orders").kind()).isEqualTo(Kind.UNAUTHENTICATED);
        assertThat(refusal(access, new Presented("wrong", null, null), "public").kind())
                .as("something wrong is never taken for nothing")
                .isEqualTo(Kind.UNAUTHENTICATED);
        assertThat(refusal(access, new Presented(null, bearer, CERTIFICATE), "orders"))
                .isNull();
        assertThat(refusal(access, new Presented(null, bearer, CERTIFICATE), "batches"))
                .isNull();
        assertThat(refusal(access, new Presented("s3cret", null, null), "orders"))
                .isEqualTo(new Refusal(Kind.FORBIDDEN, "the caller lacks the right invoke for binding orders", ""));
        assertThat(refusal(access, new Presented("s3cret", bearer, null), "orders"))
                .as("two proofs count as both")
                .isNull();
    }

    @Test
    void aGatewayThatAsksNobodyForbids() {
        var access = access(null, ClientCertificates.NONE, false, grants("[{'to': 'anybody', 'invoke': 'public'}]"));

        assertThat(refusal(access, new Presented("any", "Bearer any", null), "public"))
                .isNull();
        assertThat(refusal(access, NOTHING, "orders").kind()).isEqualTo(Kind.FORBIDDEN);
    }

    @Test
    void whatWasShownIsNeverPrinted() {
        assertThat(new Presented("hush", "Bearer hush", null).toString()).doesNotContain("hush");
    }

    private Access access(Secret token, ClientCertificates certificates, boolean oidc, Grants grants) {
        return Access.start(
                vertx, new AccessSettings(token, certificates, oidc ? issuer.settings() : null, grants), new Health());
    }

    private static Refusal refusal(Access access, Presented presented) {
        return refusal(access, presented, "orders");
    }

    private static Refusal refusal(Access access, Presented presented, String binding) {
        return await(access.admit(presented))
                .fold(admitted -> admitted.caller().refusal(Right.INVOKE, binding), Admission.Refused::refusal);
    }

    private static Grants grants(String json) {
        var problems = new Problems();
        var grants = GrantsReader.read(new JsonArray(json.replace('\'', '"')), "grants", problems);
        assertThat(problems.errors()).isEmpty();
        return grants;
    }
}
