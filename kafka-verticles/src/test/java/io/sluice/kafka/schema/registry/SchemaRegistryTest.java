package io.sluice.kafka.schema.registry;

import static io.sluice.kafka.schema.registry.FakeRegistry.NUMBERED;
import static io.sluice.kafka.schema.registry.FakeRegistry.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.core.binding.SchemaSettings;
import io.sluice.core.binding.SchemaSettings.Anonymous;
import io.sluice.core.binding.SchemaSettings.Registry;
import io.sluice.core.binding.SchemaSettings.ValueSchemaType;
import io.sluice.kafka.schema.registry.LookupFailure.Kind;
import io.sluice.kafka.schema.registry.SchemaKey.Id;
import io.sluice.kafka.schema.registry.SchemaKey.Latest;
import io.sluice.kafka.schema.registry.SchemaKey.Version;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SchemaRegistryTest {
    private static final Latest LATEST = new Latest("orders-value");
    private static final Duration LONG = Duration.ofMinutes(5);

    private final Vertx vertx = Vertx.vertx();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<SchemaRegistry> opened = new ArrayList<>();
    private final List<String> health = new CopyOnWriteArrayList<>();
    private FakeRegistry server;

    @BeforeEach
    void start() throws Exception {
        server = new FakeRegistry();
        server.schema("orders-value", 1, 7, NUMBERED);
    }

    @AfterEach
    void stop() throws Exception {
        server.release();
        for (SchemaRegistry registry : opened) {
            await(registry.close());
        }
        server.close();
        await(vertx.close());
    }

    @Test
    void aSchemaIsAskedForOnceAndKnownFromThenOn() throws Exception {
        SchemaRegistry registry = registry(true, LONG);
        assertThat(registry.known(LATEST)).isNull();

        WriterSchema schema = await(registry.find(LATEST));

        assertThat(schema.id()).isEqualTo(7);
        assertThat(registry.known(LATEST)).isSameAs(schema);
        assertThat(registry.known(new Id(7))).isSameAs(schema);
        assertThat(server.questions()).hasSize(1);
        assertThat(lookups("found")).isOne();
        assertThat(meters.get("sluice_schema_cache_hits").functionCounter().count())
                .isEqualTo(2);
    }

    @Test
    void whatIsWrittenIsMagicIdAndAvroAndComesBackAsItWas() throws Exception {
        WriterSchema schema = await(registry(true, LONG).find(LATEST));

        byte[] framed = schema.encode("{\"n\":-1}".getBytes(UTF_8));

        assertThat(framed).containsExactly(0, 0, 0, 0, 7, 1);
        assertThat(WireFormat.isFramed(framed)).isTrue();
        assertThat(WireFormat.schemaId(framed)).isEqualTo(7);
        assertThat(schema.decode(framed)).asString().isEqualTo("{\"n\":-1}");
    }

    @Test
    void whoeverAsksMeanwhileGetsTheSameAnswer() throws Exception {
        SchemaRegistry registry = registry(false, LONG);
        server.hold();
        var asked = new ArrayList<Future<WriterSchema>>();
        for (int i = 0; i < 100; i++) {
            asked.add(registry.find(LATEST));
        }

        Awaitility.await().until(() -> server.questions().size() == 1);
        server.release();

        assertThat(await(Future.all(asked)).<WriterSchema>list())
                .containsOnly(asked.get(0).result());
        assertThat(server.questions()).hasSize(1);
    }

    @Test
    void aNewLatestVersionIsUsedWhenTheOldOneHasExpired() throws Exception {
        SchemaRegistry registry = registry(true, Duration.ofMillis(300));
        WriterSchema old = await(registry.find(LATEST));
        server.schema("orders-value", 2, 8, "\"int\"");
        assertThat(registry.known(LATEST)).isSameAs(old);

        Awaitility.await().until(() -> registry.known(LATEST) == null);

        assertThat(server.questions(LATEST)).isOne();
        assertThat(await(registry.find(LATEST)).id()).isEqualTo(8);
        assertThat(server.questions(LATEST)).isEqualTo(2);
    }

    @Test
    void aLatestVersionThatIsStillTheSameIsNotReadAgain() throws Exception {
        Version part = new Version("part", 1);
        server.schema("part", 1, 3, NUMBERED);
        server.schema("orders-value", 2, 8, "{\"type\":\"array\",\"items\":\"x.Numbered\"}", part);
        SchemaRegistry registry = registry(true, Duration.ZERO);
        WriterSchema first = await(registry.find(LATEST));

        WriterSchema again = await(registry.find(LATEST));

        assertThat(again).isSameAs(first);
        assertThat(server.questions(LATEST)).isEqualTo(2);
        assertThat(server.questions(part)).isOne();
    }

    @Test
    void whileTheRegistryIsAwayTheOldVersionGoesOn() throws Exception {
        SchemaRegistry registry = registry(true, Duration.ofMillis(1));
        WriterSchema old = await(registry.find(LATEST));
        server.leave();
        Awaitility.await().until(() -> registry.known(LATEST) == null);

        assertThat(await(registry.find(LATEST))).isSameAs(old);
        assertThat(registry.known(LATEST)).isSameAs(old);
        server.listen();
        server.schema("orders-value", 2, 8, "\"int\"");

        Awaitility.await().until(() -> await(registry.find(LATEST)).id() == 8);
    }

    @Test
    void aRefreshThatTakesLongKeepsNobodyFromTheOldVersion() throws Exception {
        SchemaRegistry registry = registry(true, Duration.ofMillis(1));
        WriterSchema old = await(registry.find(LATEST));
        server.hold();
        Awaitility.await().until(() -> registry.known(LATEST) == null);
        long before = System.nanoTime();

        assertThat(await(registry.find(LATEST))).isSameAs(old);

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(3));
        assertThat(registry.known(LATEST)).isSameAs(old);
    }

    @Test
    void withoutCachingEachLookupAsks() throws Exception {
        SchemaRegistry registry = registry(false, LONG);
        await(registry.find(LATEST));
        await(registry.find(LATEST));

        assertThat(registry.known(LATEST)).isNull();
        assertThat(server.questions(LATEST)).isEqualTo(2);
    }

    @Test
    void whatIsNotThereIsNotAskedForAgainAtOnceButSoon() throws Exception {
        SchemaRegistry registry = registry(true, LONG);
        Version second = new Version("orders-value", 2);
        assertThat(failure(registry.find(second)).kind()).isEqualTo(Kind.UNKNOWN);
        assertThat(failure(registry.find(second)).kind()).isEqualTo(Kind.UNKNOWN);
        assertThat(server.questions(second)).isOne();

        server.schema("orders-value", 2, 8, "\"int\"");

        Awaitility.await().until(() -> registry.find(second)
                .map(WriterSchema::id)
                .otherwise(0)
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .equals(8));
    }

    @Test
    void aClosedRegistryFailsWhoAsksIt() throws Exception {
        SchemaRegistry registry = registry(true, LONG);
        await(registry.close());

        assertThat(failure(registry.find(LATEST)).kind()).isEqualTo(Kind.UNAVAILABLE);
    }

    @Test
    void aRegistryThatIsAwayIsToldAndThatItIsBackThoughNobodyAsksAgain() throws Exception {
        SchemaRegistry registry = registry(true, LONG);
        server.leave();

        assertThat(failure(registry.find(LATEST)).kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(health).singleElement().asString().contains("cannot be had", "schemaRegistryURL");

        server.listen();
        Awaitility.await().until(() -> health.get(health.size() - 1).isEmpty());
    }

    @Test
    void aSchemaThatARegistryDoesNotHaveIsNoTroubleOfTheRegistry() throws Exception {
        SchemaRegistry registry = registry(true, LONG);

        assertThat(failure(registry.find(new Latest("others-value"))).kind()).isEqualTo(Kind.UNKNOWN);
        assertThat(health).isEmpty();
    }

    private SchemaRegistry registry(boolean caching, Duration ttl) {
        var where = new Registry(List.of(server.url()), new Anonymous(), new SchemaSettings.Tls(null, null, null));
        var settings = new SchemaSettings(where, caching, ttl, false, ValueSchemaType.NONE);
        SchemaRegistry registry = SchemaRegistry.of(
                vertx, "orders", settings, () -> new SchemaMetrics(meters, Tags.empty()), health::add);
        opened.add(registry);
        return registry;
    }

    private double lookups(String result) {
        return meters.get("sluice_schema_lookups")
                .tag("result", result)
                .counter()
                .count();
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
