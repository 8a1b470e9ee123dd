package io.sluice.kafka.schema.registry;

import static io.sluice.kafka.schema.registry.FakeRegistry.NUMBERED;
import static io.sluice.kafka.schema.registry.FakeRegistry.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.binding.SchemaSettings.Anonymous;
import io.sluice.core.binding.SchemaSettings.Basic;
import io.sluice.core.binding.SchemaSettings.Bearer;
import io.sluice.core.binding.SchemaSettings.Login;
import io.sluice.core.binding.SchemaSettings.Registry;
import io.sluice.core.binding.SchemaSettings.Tls;
import io.sluice.core.binding.Secret;
import io.sluice.kafka.schema.registry.LookupFailure.Kind;
import io.sluice.kafka.schema.registry.SchemaKey.Latest;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class RegistryClientTest {
    private static final String PATH = new Latest("orders-value").path();
    private static final Tls SYSTEM = new Tls(null, null, null);
    private static final long LIMIT_MS = 5_000;
    private static final long SHORT_MS = 300;
    private static final String ODD = "a/b c+ü%?#";

    private final Vertx vertx = Vertx.vertx();
    private FakeRegistry server;

    @BeforeEach
    void start() throws Exception {
        server = new FakeRegistry();
        server.schema("orders-value", 1, 7, NUMBERED);
    }

    @AfterEach
    void stop() throws Exception {
        server.release();
        server.close();
        await(vertx.close());
    }

    @Test
    void aSubjectIsASegmentOfThePathWhateverItsName() throws Exception {
        server.answer("/base" + new Latest(ODD).path(), 200, "{}");
        URI base = URI.create(server.url() + "/base/");

        assertThat(get(client(new Anonymous(), base), new Latest(ODD).path())).isEmpty();
        assertThat(server.questions().get(0).path())
                .isEqualTo("/base/subjects/a%2Fb%20c%2B%C3%BC%25%3F%23/versions/latest");
    }

    @Test
    void theRegistryHearsWhoAsks() throws Exception {
        get(client(new Anonymous(), server.url()), PATH);
        get(client(new Basic("key", new Secret("s:\u00e9")), server.url()), PATH);
        get(client(new Bearer(new Secret("t.o.k")), server.url()), PATH);

        assertThat(server.questions())
                .extracting(FakeRegistry.Question::authorization)
                .containsExactly(null, "Basic a2V5OnM6w6k=", "Bearer t.o.k");
    }

    @Test
    void theNextServerIsAskedAndStaysTheFirst() throws Exception {
        try (var broken = new FakeRegistry()) {
            broken.answerAlways(500, "");
            RegistryClient client = client(new Anonymous(), broken.url(), server.url());

            get(client, PATH);
            get(client, PATH);

            assertThat(broken.questions()).hasSize(1);
            assertThat(server.questions()).hasSize(2);
        }
    }

    @Test
    void aServerThatFailsIsAskedAgainAndThenGivenUp() throws Exception {
        server.answerAlways(500, "{\"error_code\":50001,\"message\":\"store\"}");

        LookupFailure failure = failure(client(new Anonymous(), server.url()));

        assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(failure).hasMessage("{\"error_code\":50001,\"message\":\"store\"}");
        assertThat(server.questions()).hasSizeGreaterThan(1).hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void aServerThatIsNotThereIsNamed() throws Exception {
        server.leave();

        LookupFailure failure = failure(client(new Anonymous(), server.url()));

        assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(failure)
                .hasMessageStartingWith("schema registry at " + server.url().getAuthority() + ": Connection refused");
    }

    @ParameterizedTest
    @CsvSource({
        "401, REFUSED, '{\"error_code\":401,\"message\":\"Unauthorized\"}', '{\"error_code\":401,\"message\":\"Unauthorized\"}'",
        "403, REFUSED, no, 403 Forbidden",
        "404, REFUSED, <html>, 404 Not Found",
        "404, UNKNOWN, '{\"error_code\":40402}', '{\"error_code\":40402}'",
        "302, REFUSED, '', 302 Found",
        "429, UNAVAILABLE, '', 429 Too Many Requests",
        "200, UNAVAILABLE, <html>, the answer is not a registry's JSON",
        "200, UNAVAILABLE, '[]', the answer is not a registry's JSON",
        "200, UNAVAILABLE, '', the answer is not a registry's JSON"
    })
    void whatTheRegistrySaysIsTheReason(int status, Kind kind, String body, String detail) throws Exception {
        server.answer(PATH, status, body);

        LookupFailure failure = failure(client(new Anonymous(), server.url()));

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure).hasMessageEndingWith(detail);
    }

    @Test
    void aServerThatTakesTooLongIsGivenUp() throws Exception {
        server.hold();
        long before = System.nanoTime();

        LookupFailure failure = failure(client(new Registry(List.of(server.url()), new Anonymous(), SYSTEM), SHORT_MS));

        assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(failure).hasMessageEndingWith(": no answer in time");
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(3));
    }

    @Test
    void anAnswerWithoutEndIsCutOff() throws Exception {
        server.answer(PATH, 200, "\"" + "x".repeat(5 << 20) + "\"");

        assertThat(failure(client(new Anonymous(), server.url())))
                .hasMessageEndingWith("the answer has more than 4194304 bytes");
    }

    private RegistryClient client(Login login, URI... urls) {
        return client(new Registry(List.of(urls), login, SYSTEM));
    }

    private RegistryClient client(Registry registry) {
        return client(registry, LIMIT_MS);
    }

    private RegistryClient client(Registry registry, long limitMillis) {
        long patience = Duration.ofMillis(limitMillis).toNanos();
        return new RegistryClient(vertx, new RegistryHttp(vertx, registry, limitMillis), registry.urls(), patience);
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
