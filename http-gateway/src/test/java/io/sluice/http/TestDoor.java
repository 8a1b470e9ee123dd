package io.sluice.http;

import io.sluice.auth.access.Access;
import io.sluice.auth.access.AccessSettings;
import io.sluice.auth.access.ClientCertificates;
import io.sluice.auth.access.Grants;
import io.sluice.auth.access.GrantsReader;
import io.sluice.auth.access.OidcSettings;
import io.sluice.core.binding.Secret;
import io.sluice.core.component.field.Problems;
import io.sluice.core.health.Health;
import io.sluice.http.listen.Door;
import io.sluice.http.listen.ListenerTls;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;

/** What callers have to show, as a test wants it. */
public record TestDoor(
        String token, ClientCertificates certificates, OidcSettings oidc, Grants grants, ListenerTls tls) {
    public static final TestDoor OPEN = new TestDoor(null, ClientCertificates.NONE, null, Grants.EVERYTHING, null);

    public TestDoor token(String secret) {
        return new TestDoor(secret, certificates, oidc, grants, tls);
    }

    /** @param json as in the configuration file */
    public TestDoor grants(String json) {
        var problems = new Problems();
        var read = GrantsReader.read(new JsonArray(json), "grants", problems);
        if (problems.hasErrors()) {
            throw new AssertionError(problems.errors());
        }
        return new TestDoor(token, certificates, oidc, read, tls);
    }

    public TestDoor oidc(OidcSettings issuer) {
        return new TestDoor(token, certificates, issuer, grants, tls);
    }

    public Door open(Vertx vertx) {
        var secret = token == null ? null : new Secret(token);
        return new Door(Access.start(vertx, new AccessSettings(secret, certificates, oidc, grants), new Health()), tls);
    }
}
