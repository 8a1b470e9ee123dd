package io.sluice.kafka.produce;

import static io.sluice.kafka.produce.OutputHarness.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.core.binding.SchemaSettings;
import io.sluice.kafka.schema.registry.FakeRegistry;
import io.sluice.kafka.schema.registry.SchemaKey.Latest;
import io.sluice.kafka.schema.registry.SchemaMetrics;
import io.sluice.kafka.schema.registry.SchemaRegistry;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SchemaGateTest {
    private static final Latest LATEST = new Latest("s");

    private static final Call CALL = new Call((id, outcome, mail) -> {}, null, 1, true, 0);

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final List<Integer> ids = new CopyOnWriteArrayList<>();
    private FakeRegistry server;
    private final Bindings bindings = Bindings.with();

    @BeforeEach
    void start() throws Exception {
        server = new FakeRegistry();
        server.schema("s", 1, 7, "\"int\"");
        bindings.registry = List.of(server.url());
    }

    private SchemaGate gate(boolean caching) {
        bindings.caching = caching;
        SchemaSettings settings = bindings.binding().schema();
        return new SchemaGate(
                context,
                SchemaRegistry.of(
                        vertx,
                        "s",
                        settings,
                        () -> new SchemaMetrics(new SimpleMeterRegistry(), Tags.empty()),
                        why -> {}));
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
        await(vertx.close());
    }

    @Test
    void whoComesWhileOthersAreAnsweredGetsANewerAnswer() {
        SchemaGate gate = gate(false);
        context.runOnContext(v -> gate.await(LATEST, CALL, answer -> {
            ids.add(answer.schema().id());
            server.schema("s", 2, 8, "\"int\"");
            gate.await(LATEST, CALL, newer -> ids.add(newer.schema().id()));
        }));

        Awaitility.await().until(() -> ids.size() == 2);

        assertThat(ids).containsExactly(7, 8);
        assertThat(server.questions(LATEST)).isEqualTo(2);
    }

    @Test
    void moreThanATickTakesAreAnsweredInOrder() {
        SchemaGate gate = gate(true);
        context.runOnContext(v -> {
            for (int i = 0; i < 1_000; i++) {
                int number = i;
                gate.await(LATEST, CALL, answer -> ids.add(number));
            }
        });

        Awaitility.await().until(() -> ids.size() == 1_000);

        assertThat(ids).isSorted();
        assertThat(server.questions(LATEST)).isOne();
    }

    @Test
    void aSchemaIsNotUsedAheadOfThoseWhoStillWaitForIt() {
        SchemaGate gate = gate(true);
        var known = new CopyOnWriteArrayList<Boolean>();
        context.runOnContext(v -> {
            gate.await(LATEST, CALL, answer -> known.add(gate.known(LATEST) != null));
            gate.await(LATEST, CALL, answer -> context.runOnContext(later -> known.add(gate.known(LATEST) != null)));
        });

        Awaitility.await().until(() -> known.size() == 2);

        assertThat(known).containsExactly(false, true);
    }

    @Test
    void whoFailsKeepsNobodyFromAnAnswer() {
        SchemaGate gate = gate(true);
        var reported = new CopyOnWriteArrayList<Throwable>();
        vertx.exceptionHandler(reported::add);
        context.runOnContext(v -> {
            gate.await(LATEST, CALL, answer -> {
                throw new OutOfMemoryError("no room for the value");
            });
            gate.await(LATEST, CALL, answer -> ids.add(answer.schema().id()));
        });

        Awaitility.await().until(() -> ids.size() == 1);
        assertThat(reported).singleElement().isInstanceOf(OutOfMemoryError.class);
    }
}
