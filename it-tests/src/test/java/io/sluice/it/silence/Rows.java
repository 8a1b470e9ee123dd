package io.sluice.it.silence;

import static io.sluice.it.gateway.Component.input;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.gateway.Component;
import io.sluice.it.gateway.TestGateway;
import io.sluice.it.input.TestApp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.DoublePredicate;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** The table: each trouble, how it is made and mended, and what must be seen of it. */
final class Rows implements AutoCloseable {
    private static final DoublePredicate SOME = value -> value > 0;
    private static final DoublePredicate NONE = value -> value == 0;

    private final Scene scene;
    private final TestApp otherApp = new TestApp().listen();
    private final Path folder = TestGateway.folderWith(Map.of());
    private final Path folderWithoutApp = TestGateway.folderWith(Map.of());
    private final String missing = "it-" + UUID.randomUUID();
    private final String letters = "it-" + UUID.randomUUID();
    private final String hung;
    private final String refused;
    private final String blocked;
    private final String held;
    private final String failing;
    private final String away;
    private final String jumped;
    private final String large;
    private final GreedyMember greedy;
    private final TestGateway main;
    private final TestGateway other;
    private final TestGateway withoutApp;
    private final TestGateway small;

    Rows(Scene scene) throws Exception {
        this.scene = scene;
        hung = scene.kafka.newTopic();
        refused = scene.kafka.newTopic();
        blocked = scene.kafka.newTopic();
        held = scene.kafka.newTopic();
        failing = scene.kafka.newTopic();
        away = scene.kafka.newTopic();
        jumped = scene.kafka.newTopic();
        large = scene.kafka.newTopic();
        String shared = scene.kafka.newTopic(2, Map.of());
        String decoded = scene.kafka.newTopic();
        greedy = GreedyMember.join(scene.kafka.bootstrapServers(), "greedy", shared);
        scene.refuse("/unsubscribed");
        scene.send(decoded, "key", StubRegistry.framed());
        scene.send(jumped, "1", "2", "3", "4");
        scene.removeBehind(input(scene.kafka, "jumped", jumped).field("consumerGroup"), jumped);
        write(
                folder,
                input(scene.kafka, "hung", hung),
                input(scene.kafka, "refused", refused)
                        .with("consumeRetryEnabled", "true")
                        .with("backOffPolicy", "constant")
                        .with("backOffDuration", "300ms"),
                input(scene.kafka, "blocked", blocked).with("failurePolicy", "block"),
                input(scene.kafka, "held", held)
                        .with("failurePolicy", "block")
                        .with("ordering", "key")
                        .with("maxInFlight", "2")
                        .with("channelBufferSize", "2"),
                input(scene.kafka, "failing", failing).with("deadLetterTopic", letters),
                input(scene.kafka, "unsubscribed", scene.kafka.newTopic()).without("direction"),
                input(scene.kafka, "missing", missing),
                input(scene.kafka, "idle", shared).with("consumerGroup", "greedy"),
                input(scene.kafka, "decoded", decoded)
                        .with("valueSchemaType", "Avro")
                        .with("schemaRegistryURL", scene.registry.url()),
                input(scene.kafka, "jumped", jumped),
                input(scene.kafka, "down", "down").with("brokers", scene.fragileBrokers()),
                scene.locked("token"));
        write(folderWithoutApp, input(scene.kafka, "portless", scene.kafka.newTopic()));
        main = scene.gateway(folder, "--app-port=" + scene.app.port());
        other = scene.gateway(folderOf(input(scene.kafka, "away", away)), "--app-port=" + otherApp.port());
        withoutApp = scene.gateway(folderWithoutApp);
        small = scene.smallGateway(folderOf(input(scene.kafka, "large", large)), "--app-port=" + scene.app.port());
    }

    private static Path folderOf(Component component) {
        return TestGateway.folderWith(Map.of(component.name() + ".yaml", component.yaml()));
    }

    private static void write(Path folder, Component... components) throws IOException {
        for (Component component : components) {
            Files.writeString(folder.resolve(component.name() + ".yaml"), component.yaml());
        }
    }

    /** What is there from the start is in trouble, and all else works: records come through. */
    void awaitWell() throws Exception {
        Map<String, TestGateway> well = Map.of(
                "hung", main, "refused", main, "blocked", main, "held", main, "failing", main, "down", main, "token",
                main, "away", other, "large", small);
        for (String topic : List.of(hung, refused, blocked, held, failing, away, large)) {
            scene.send(topic, "good");
        }
        scene.sendTo(scene.fragileBrokers(), "down", "good");
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> well.entrySet().stream().allMatch(binding -> ""
                        .equals(Watched.now(binding.getValue()).trouble("input:" + binding.getKey()))));
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> Stream.concat(scene.app.takenTexts().stream(), otherApp.takenTexts().stream())
                                .filter("good"::equals)
                                .count()
                        >= 8);
    }

    /** Those whose making or mending takes time come first. */
    List<Row> all() {
        List<Row> rows = new ArrayList<>();
        rows.add(Row.of(Trouble.TOKEN_EXPIRED, main, "token")
                .make(this::endTokens)
                .mend(scene.tokens::up)
                .warns("a binding cannot consume", "oidcTokenEndpoint")
                .shows(now -> now.notDelivering().contains("oidcTokenEndpoint")));
        rows.add(Row.of(Trouble.BROKER_DOWN, main, "down")
                .make(scene::endFragile)
                .mend(scene::startFragileAgain)
                .warns("a binding cannot consume", "cannot be reached", "the field brokers")
                .shows(now -> now.notDelivering().contains("cannot be reached")));
        rows.add(Row.of(Trouble.ANOTHER_MEMBER_HAS_ALL, main, "idle")
                .mend(greedy::close)
                .warns("a binding cannot consume", "consumerGroup of its own")
                .shows(now -> now.notDelivering().contains("this gateway has none")));
        rows.addAll(ofTheApp());
        rows.addAll(ofRecords());
        rows.addAll(ofTheSurroundings());
        return rows;
    }

    private List<Row> ofTheApp() {
        return List.of(
                Row.of(Trouble.APP_DOWN, other, "away")
                        .make(() -> {
                            otherApp.leave();
                            scene.send(away, "1", "2");
                        })
                        .mend(otherApp::listen)
                        .warns("deliveries fail", "look at the app")
                        .counts("sluice_input_retrying", SOME)
                        .shows(now -> now.stage().equals("retrying")
                                && now.partition().getString("lastError").contains("refused")),
                Row.of(Trouble.APP_HANGS, main, "hung")
                        .make(() -> {
                            scene.hold("/hung");
                            scene.send(hung, "1", "2");
                        })
                        .mend(() -> scene.answerAll("/hung"))
                        .warns("deliveries are not answered", "deliveryTimeout")
                        .counts("sluice_input_unanswered", SOME)
                        .shows(now -> now.stage().equals("delivering")),
                Row.of(Trouble.APP_REFUSES_FOR_EVER, main, "refused")
                        .make(() -> refuse("/refused", refused, "bad"))
                        .mend(() -> scene.refuseNoMore("/refused"))
                        .warns("records are refused again and again", "backOffMaxRetries")
                        .counts("sluice_input_retrying", SOME)
                        .shows(now -> now.stage().equals("retrying")
                                && now.partition().getString("lastError").contains("418")),
                Row.of(Trouble.NOT_SUBSCRIBED, main, "unsubscribed")
                        .mend(() -> scene.refuseNoMore("/unsubscribed"))
                        .warns("the app has not subscribed to the binding", "direction: output")
                        .counts("sluice_input_subscribed", NONE)
                        .shows(now -> now.notDelivering().contains("has not subscribed")),
                Row.of(Trouble.NO_APP_PORT, withoutApp, "portless")
                        .mend(() -> write(folderWithoutApp, Component.output(scene.kafka, "portless", hung)))
                        .warns("input binding does not consume", "--app-port", "direction: output")
                        .counts("sluice_input_subscribed", NONE)
                        .shows(now -> now.notDelivering().contains("direction: output"))
                        .over(now -> "".equals(now.trouble("kafka:portless"))));
    }

    private List<Row> ofRecords() {
        return List.of(
                Row.of(Trouble.BLOCKED, main, "blocked")
                        .make(() -> refuse("/blocked", blocked, "bad", "behind"))
                        .mend(() -> redeliver("/blocked", "blocked", blocked))
                        .warns("records are blocked", "redeliver")
                        .counts("sluice_input_blocked_records", SOME)
                        .shows(now -> now.stage().equals("blocked")
                                && now.partition()
                                        .getJsonArray("blocked")
                                        .getJsonObject(0)
                                        .getString("reason")
                                        .contains("418")),
                Row.of(Trouble.PAUSED, main, "held")
                        .make(() -> refuse(
                                "/held",
                                held,
                                Stream.concat(
                                                Stream.of("bad"),
                                                Stream.iterate(1, i -> i + 1)
                                                        .limit(12)
                                                        .map(String::valueOf))
                                        .toArray(String[]::new)))
                        .mend(() -> redeliver("/held", "held", held))
                        .warns("partitions are held by records that cannot move", "redeliver or skip")
                        .counts("sluice_input_paused", SOME)
                        .shows(now -> now.partition().getBoolean("paused", false)
                                && now.partition().getString("pausedBecause").contains("blocked")),
                Row.of(Trouble.DEAD_LETTER_FAILS, main, "failing")
                        .make(() -> refuse("/failing", failing, "bad"))
                        .mend(() -> scene.create(letters))
                        .warns("the dead-letter topic cannot be written", letters)
                        .counts("sluice_dead_letter_failures_total", SOME)
                        .shows(now -> now.stage().equals("deadLettering")
                                && now.partition().getString("lastError").contains(letters)),
                Row.of(Trouble.OFFSET_OUT_OF_RANGE, main, "jumped")
                        .mend(() -> Files.delete(folder.resolve("jumped.yaml")))
                        .warns("a partition goes on at another offset", "raise retention.ms")
                        .counts("sluice_input_position_jumps_total", SOME)
                        .shows(now -> now.partition().getJsonObject("lastJump") != null
                                && now.partition().getJsonObject("lastJump").getInteger("gone") == 2)
                        .over(now -> true));
    }

    private List<Row> ofTheSurroundings() {
        return List.of(
                Row.of(Trouble.TOPIC_MISSING, main, "missing")
                        .mend(() -> scene.create(missing))
                        .warns("a binding cannot consume", "create it")
                        .shows(now -> now.notDelivering().contains("create it")),
                Row.of(Trouble.MEMORY_SHORT, small, "large")
                        .make(() -> {
                            scene.hold("/large");
                            for (int i = 0; i < 12; i++) {
                                scene.send(large, "key", new byte[100_000]);
                            }
                        })
                        .mend(() -> scene.answerAll("/large"))
                        .warns("memory is short", "-Xmx")
                        .counts("sluice_input_memory_short", SOME)
                        .shows(now -> now.partition().getBoolean("paused", false)
                                && now.partition().getString("pausedBecause").startsWith("waiting for memory")),
                Row.of(Trouble.REGISTRY_DOWN, main, "decoded")
                        .mend(scene.registry::up)
                        .warns("schema registry unavailable", "schemaRegistryURL")
                        .counts("sluice_schema_lookups_total", SOME)
                        .shows(now -> now.stage().equals("retrying")
                                && now.partition().getString("lastError").contains("schema registry")));
    }

    private void endTokens() {
        scene.tokens.down();
        long last = scene.tokens.issued().get(scene.tokens.issued().size() - 1).at();
        long end = last + Scene.TOKEN_LIFE.toNanos();
        Awaitility.await()
                .atMost(Scene.TOKEN_LIFE.multipliedBy(2))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> System.nanoTime() - end > 0);
    }

    private void refuse(String path, String topic, String... values) throws Exception {
        scene.refuse(path);
        for (String value : values) {
            scene.send(topic, "same", value.getBytes(UTF_8));
        }
    }

    /** The record behind the first. */
    private void redeliver(String path, String binding, String topic) {
        scene.refuseNoMore(path);
        assertThat(main.send(
                                "POST",
                                "/v1.0-sluice/bindings/" + binding + "/failures/" + topic + "/0/1/redeliver",
                                new byte[0])
                        .statusCode())
                .isEqualTo(204);
    }

    @Override
    public void close() {
        small.close();
        withoutApp.close();
        other.close();
        main.close();
        otherApp.close();
    }
}
