package io.sluice.kafka.schema.registry;

import static io.sluice.kafka.schema.registry.FakeRegistry.NUMBERED;
import static io.sluice.kafka.schema.registry.FakeRegistry.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.binding.SchemaSettings.Anonymous;
import io.sluice.core.binding.SchemaSettings.Registry;
import io.sluice.core.binding.SchemaSettings.Tls;
import io.sluice.kafka.schema.registry.LookupFailure.Kind;
import io.sluice.kafka.schema.registry.SchemaKey.Id;
import io.sluice.kafka.schema.registry.SchemaKey.Latest;
import io.sluice.kafka.schema.registry.SchemaKey.Version;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SchemaLoaderTest {
    private static final Latest LATEST = new Latest("orders-value");
    private static final long LIMIT_MS = 5_000;

    private final Vertx vertx = Vertx.vertx();
    private FakeRegistry server;
    private SchemaLoader loader;

    @BeforeEach
    void start() throws Exception {
        server = new FakeRegistry();
        var registry = new Registry(List.of(server.url()), new Anonymous(), new Tls(null, null, null));
        var http = new RegistryHttp(vertx, registry, LIMIT_MS);
        loader = new SchemaLoader(vertx, new RegistryClient(vertx, http, registry.urls(), 0), false);
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
        await(vertx.close());
    }

    @Test
    void referencesAreReadBeforeWhatRefersToThem() throws Exception {
        server.schema("money", 1, 1, "{\"type\":\"fixed\",\"name\":\"x.Money\",\"size\":2}");
        server.schema(
                "line",
                3,
                2,
                "{\"type\":\"record\",\"name\":\"x.Line\",\"fields\":[{\"name\":\"m\",\"type\":\"x.Money\"}]}",
                new Version("money", 1));
        server.schema(
                "all",
                1,
                9,
                "{\"type\":\"map\",\"values\":[\"x.Money\",\"x.Line\"]}",
                new Version("line", 3),
                new Version("money", 1));

        WriterSchema schema = await(load(new Id(9)));

        byte[] json = "{\"a\":{\"m\":\"xy\"}}".getBytes(UTF_8);
        assertThat(schema.decode(schema.encode(json))).isEqualTo(json);
        assertThat(server.questions(new Version("money", 1))).isOne();
    }

    @Test
    void referencesInACircleAreRefused() throws Exception {
        server.schema("a", 1, 1, "\"x.B\"", new Version("b", 1));
        server.schema("b", 1, 2, "\"x.A\"", new Version("a", 1));

        LookupFailure failure = failure(load(new Latest("a")));

        assertThat(failure.kind()).isEqualTo(Kind.UNUSABLE);
        assertThat(failure).hasMessageContaining("circle");
        assertThat(server.questions()).hasSizeLessThan(5);
    }

    @Test
    void referencesWithoutAnEndAreRefused() throws Exception {
        for (int i = 1; i < 30; i++) {
            server.schema("s" + i, 1, i, NUMBERED.replace("Numbered", "N" + i), new Version("s" + (i + 1), 1));
        }

        assertThat(failure(load(new Latest("s1"))).kind()).isEqualTo(Kind.UNUSABLE);

        assertThat(server.questions()).hasSizeLessThan(20);
    }

    @Test
    void schemasOfOtherTypesAreNotTakenForAvro() throws Exception {
        server.answer(LATEST.path(), 200, "{\"id\":5,\"schemaType\":\"PROTOBUF\",\"schema\":\"message M {}\"}");

        LookupFailure failure = failure(load(LATEST));

        assertThat(failure.kind()).isEqualTo(Kind.UNUSABLE);
        assertThat(failure).hasMessage("schema 5 is of type PROTOBUF: only Avro schemas can be used");
    }

    @Test
    void aSchemaThatIsNoneIsUnusable() throws Exception {
        server.answer(LATEST.path(), 200, "{\"id\":5,\"schema\":\"{\\\"type\\\":\\\"nothing\\\"}\"}");

        LookupFailure failure = failure(load(LATEST));

        assertThat(failure.kind()).isEqualTo(Kind.UNUSABLE);
        assertThat(failure).hasMessageStartingWith("schema 5: not an Avro schema");
    }

    private Future<WriterSchema> load(SchemaKey key) {
        return loader.load(key, id -> null);
    }

    private static LookupFailure failure(Future<?> future) throws Exception {
        try {
            await(future);
        } catch (ExecutionException e) {
            return (LookupFailure) e.getCause();
        }
        throw new AssertionError("no failure");
    }
}
