package io.sluice.it.avro;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.gateway.TestGateway;
import io.sluice.it.input.TestApp;
import io.sluice.it.kafka.TestKafka;
import io.sluice.it.kafka.WithKafka;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The examples of {@code docs/avro.md}, as they stand there but for addresses and the topic. */
@WithKafka
@WithRegistry
class AvroGuideIT {
    private static final Pattern BLOCK = Pattern.compile("```(yaml|json|sh)\n(.*?)```", Pattern.DOTALL);
    private static final Pattern BODY = Pattern.compile("-d '(.*)'");

    @Test
    void theExamplesOfTheGuideWork(TestKafka kafka, TestRegistry registry) throws Exception {
        List<String> examples = BLOCK.matcher(Files.readString(Path.of("../docs/avro.md")))
                .results()
                .map(block -> block.group(2).strip())
                .toList();
        String topic = kafka.newTopic();
        String component = examples.get(0)
                .replace("localhost:9092", kafka.bootstrapServers())
                .replace("http://localhost:8081", registry.url().toString())
                .replace("value: readings", "value: " + topic);
        registry.register(topic + "-value", examples.get(1));
        Path folder = TestGateway.folderWith(Map.of("readings.yaml", component));
        try (TestApp app = new TestApp().listen();
                TestGateway gateway = TestGateway.start(folder, Map.of(), "--app-port=" + app.port())) {
            assertThat(call(gateway, examples.get(2)).statusCode()).isEqualTo(204);
            HttpResponse<String> refused = call(gateway, examples.get(4));

            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> !app.deliveries().isEmpty());
            assertThat(app.deliveries().get(0).text()).isEqualTo(examples.get(3));
            assertThat(refused.statusCode()).isEqualTo(500);
            assertThat(refused.body()).isEqualTo(examples.get(5));
        }
    }

    private static HttpResponse<String> call(TestGateway gateway, String curl) {
        String body = BODY.matcher(curl)
                .results()
                .map(MatchResult::group)
                .map(argument -> argument.substring(4, argument.length() - 1))
                .findFirst()
                .orElseThrow();
        return gateway.send("POST", "/v1.0/bindings/readings", body.getBytes(UTF_8));
    }
}
