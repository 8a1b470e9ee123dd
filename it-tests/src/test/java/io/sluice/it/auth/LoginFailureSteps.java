package io.sluice.it.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.it.input.TestApp;
import io.sluice.it.process.Api;
import io.sluice.it.process.Launch;
import io.sluice.it.process.SluiceProcess;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Logins that fail, each for a reason of its own, side by side in one gateway: what everybody is told, and that all go on
 * when they are made right.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class LoginFailureSteps {
    private static final Duration LIMIT = Duration.ofSeconds(25);
    /** The topic of all cases. */
    static final String TOPIC = "t";

    private static final String TOLD_OF_OUTPUT = "a binding cannot produce";
    private static final String TOLD_OF_INPUT = "a binding cannot consume";
    private final TestApp app = new TestApp().listen();
    private List<LoginFailureCase> cases = List.of();
    private Path files;
    private SluiceProcess process;
    private Api gateway;

    /** Called once, before everything else. */
    abstract List<LoginFailureCase> newCases();

    /** Where anybody may write. */
    abstract String openDoor();

    /** Called once, at the end. */
    abstract void closeBroker();

    @BeforeAll
    void start() {
        cases = newCases();
        SecureKafka.produce(openDoor(), TOPIC, "\"waiting\"");
        String[] components =
                cases.stream().map(wrong -> wrong.component().yaml()).toArray(String[]::new);
        // The shipped jar, for its log.
        Launch launch = Launch.gateway(components).and("--app-port=" + app.port(), "--log-as-json");
        files = launch.folder().resolve("components");
        process = launch.start();
        gateway = process.awaitReady();
    }

    @AfterAll
    void stop() {
        if (process != null) {
            process.close();
        }
        closeBroker();
        app.close();
    }

    List<LoginFailureCase> cases() {
        return cases;
    }

    @ParameterizedTest
    @MethodSource("cases")
    @Order(1)
    void healthAndTheCallerAreToldWhatIsWrong(LoginFailureCase wrong) {
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(health("kafka:" + wrong.name())).startsWith(wrong.told()));
        if (wrong.consumes()) {
            await().atMost(LIMIT).untilAsserted(() -> assertThat(health("input:" + wrong.name()))
                    .contains(wrong.told()));
        }

        HttpResponse<String> answer = call(wrong, "\"too early\"");

        assertThat(answer.statusCode()).isEqualTo(500);
        JsonObject error = new JsonObject(answer.body());
        assertThat(error.getString("errorCode")).isEqualTo("ERR_INVOKE_OUTPUT_BINDING");
        assertThat(error.getString("message"))
                .startsWith("error invoking output binding " + wrong.name() + ": " + wrong.told());
        assertThat(gateway.get("/v1.0-sluice/health").statusCode()).isEqualTo(503);
        assertThat(gateway.get("/v1.0/healthz/outbound").statusCode()).isEqualTo(204);
    }

    @Test
    @Order(2)
    void allGoOnWhenTheyAreMadeRight() {
        for (int i = 0; i < cases.size(); i++) {
            cases.get(i).repair().accept(files.resolve("component-" + (i + 1) + ".yaml"));
        }

        for (LoginFailureCase right : cases) {
            String value = "\"of " + right.name() + "\"";
            await(right.name()).atMost(LIMIT).untilAsserted(() -> assertThat(call(right, value))
                    .extracting(HttpResponse::statusCode, HttpResponse::body)
                    .containsExactly(204, ""));
            await(right.name()).atMost(LIMIT).untilAsserted(() -> assertThat(health("kafka:" + right.name()))
                    .isEmpty());
        }
        List<String> values = Stream.concat(
                        Stream.of("\"waiting\""), cases.stream().map(each -> "\"of " + each.name() + "\""))
                .toList();
        cases.stream().filter(LoginFailureCase::consumes).forEach(consuming -> await(consuming.name())
                .atMost(LIMIT)
                .untilAsserted(() -> assertThat(app.takenTexts("/" + consuming.name()))
                        .containsAll(values)
                        .doesNotContain("\"too early\"")));
    }

    @ParameterizedTest
    @MethodSource("cases")
    @Order(3)
    void theLogSaidItOnce(LoginFailureCase wrong) {
        List<String> expected = wrong.consumes() ? List.of(TOLD_OF_OUTPUT, TOLD_OF_INPUT) : List.of(TOLD_OF_OUTPUT);

        List<String> messages = log().filter(line -> wrong.name().equals(line.getString("binding"))
                        && line.getString("reason", "").contains(wrong.told()))
                .map(line -> line.getString("msg"))
                .toList();

        assertThat(messages).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    @Order(4)
    void kafkasOwnClientsAddNothingToIt() {
        process.assertUnharmed();
        assertThat(log())
                .extracting(line -> line.getString("scope"))
                .noneMatch(scope -> scope.startsWith("org.apache.kafka"));
    }

    Stream<JsonObject> log() {
        return process.out().stream().filter(line -> line.startsWith("{")).map(JsonObject::new);
    }

    private HttpResponse<String> call(LoginFailureCase through, String data) {
        return gateway.create(through.name(), data).join();
    }

    private String health(String target) {
        return new JsonObject(gateway.health())
                .getJsonObject("targets")
                .getJsonObject(target)
                .getString("detail", "");
    }
}
