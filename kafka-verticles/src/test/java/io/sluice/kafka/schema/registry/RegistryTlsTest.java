package io.sluice.kafka.schema.registry;

import static io.sluice.kafka.schema.registry.FakeRegistry.NUMBERED;
import static io.sluice.kafka.schema.registry.FakeRegistry.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.binding.SchemaSettings.Anonymous;
import io.sluice.core.binding.SchemaSettings.Registry;
import io.sluice.core.binding.SchemaSettings.Tls;
import io.sluice.core.binding.Secret;
import io.sluice.kafka.schema.registry.LookupFailure.Kind;
import io.sluice.kafka.schema.registry.SchemaKey.Latest;
import io.sluice.testing.tls.Identity;
import io.sluice.testing.tls.TestCa;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class RegistryTlsTest {
    private static final String PATH = new Latest("orders-value").path();
    private static final Tls SYSTEM = new Tls(null, null, null);
    private static final long LIMIT_MS = 5_000;

    @TempDir
    private Path folder;

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() throws Exception {
        await(vertx.close());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theRegistrysCertificateMustGoBackToOurRoots(boolean asText) throws Exception {
        TestCa ca = TestCa.create();
        TestCa other = TestCa.create();
        String roots = asText ? ca.certificate() : file(ca.certificate());
        try (var secured = secured(ca, new HttpServerOptions())) {
            assertThat(get(client(new Tls(roots, null, null), secured), PATH)).isNotEmpty();
            assertThat(failure(client(SYSTEM, secured)).kind()).isEqualTo(Kind.UNAVAILABLE);
            assertThat(failure(client(new Tls(other.certificate(), null, null), secured))
                            .kind())
                    .isEqualTo(Kind.UNAVAILABLE);
        }
    }

    @Test
    void aCertificateOfAnotherHostIsNotTaken() throws Exception {
        TestCa ca = TestCa.create();
        Identity elsewhere = ca.issue("registry").forHosts("registry.example").sign();
        try (var secured = new FakeRegistry(identified(elsewhere, new HttpServerOptions()))) {
            assertThat(failure(client(new Tls(ca.certificate(), null, null), secured))
                            .kind())
                    .isEqualTo(Kind.UNAVAILABLE);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRegistryCanAskForOurCertificate(boolean asText) throws Exception {
        TestCa ca = TestCa.create();
        Identity gateway = ca.client("gateway");
        var demanding = new HttpServerOptions()
                .setClientAuth(ClientAuth.REQUIRED)
                .setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(ca.certificate())));
        try (var secured = secured(ca, demanding)) {
            String cert = asText ? gateway.certificates() : file(gateway.certificates());
            String key = asText ? gateway.key() : file(gateway.key());

            assertThat(get(client(new Tls(ca.certificate(), cert, new Secret(key)), secured), PATH))
                    .isNotEmpty();
            assertThat(failure(client(new Tls(ca.certificate(), null, null), secured))
                            .kind())
                    .isEqualTo(Kind.UNAVAILABLE);
        }
    }

    private static FakeRegistry secured(TestCa ca, HttpServerOptions options) throws Exception {
        var registry = new FakeRegistry(identified(ca.server(), options));
        registry.schema("orders-value", 1, 7, NUMBERED);
        return registry;
    }

    private static HttpServerOptions identified(Identity identity, HttpServerOptions options) {
        return options.setSsl(true)
                .setKeyCertOptions(new PemKeyCertOptions()
                        .addCertValue(Buffer.buffer(identity.certificates()))
                        .addKeyValue(Buffer.buffer(identity.key())));
    }

    private String file(String pem) throws Exception {
        return Files.writeString(Files.createTempFile(folder, "it", ".pem"), pem)
                .toString();
    }

    private RegistryClient client(Tls tls, FakeRegistry secured) {
        var registry = new Registry(List.of(secured.url()), new Anonymous(), tls);
        return new RegistryClient(vertx, new RegistryHttp(vertx, registry, LIMIT_MS), registry.urls(), 0);
    }

    private static JsonObject get(RegistryClient client, String path) throws Exception {
        return await(client.get(path));
    }

    private static LookupFailure failure(RegistryClient client) throws Exception {
        try {
            await(client.get(PATH));
        } catch (ExecutionException e) {
            return (LookupFailure) e.getCause();
        }
        throw new AssertionError("no failure");
    }
}
