package io.sluice.it.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.it.kafka.TestKafka;
import io.sluice.it.kafka.WithKafka;
import io.sluice.it.process.Launch;
import io.sluice.it.process.SluiceProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The component file of an input binding is changed under load. */
@WithKafka
class ChangedInputIT {
    private static final int PER_SECOND = 300;
    private static final Duration SOON = Duration.ofSeconds(30);
    /** Longer than the test: who left the group without saying so would be noticed. */
    private static final Duration SESSION = Duration.ofSeconds(60);

    private final TestKafka kafka;
    private final String topic;
    private final RecordingApp app = RecordingApp.start(Answers.OK);
    private final Journal journal = app.journal("app");
    private Launch launch;
    private SluiceProcess gateway;
    private Publisher publisher;

    ChangedInputIT(TestKafka kafka) {
        this.kafka = kafka;
        this.topic = kafka.newTopic(Publisher.PARTITIONS, Map.of());
    }

    @BeforeEach
    void deliver() {
        launch = Launch.gateway(component("/app/before", "partition")).and("--app-port", app.port());
        gateway = launch.start();
        publisher = Publisher.start(kafka.bootstrapServers(), topic, PER_SECOND);
        awaitDeliveriesTo("/app/before");
    }

    @AfterEach
    void endAll() {
        publisher.close();
        gateway.close();
        app.close();
    }

    @Test
    void nothingIsLostAndNothingThatWasAcknowledgedComesAgain() throws IOException {
        Files.writeString(
                launch.folder().resolve("components").resolve("component-1.yaml"), component("/app/after", "key"));
        awaitDeliveriesTo("/app/after");
        Set<String> stored = publisher.stop();

        await().atMost(SOON).until(() -> journal.acknowledgedRecords() >= stored.size());
        assertThat(journal.values()).containsExactlyInAnyOrderElementsOf(stored);
        assertThat(journal.repeats()).isEmpty();
        assertThat(journal.firstAcknowledged(Call::key).values())
                .allSatisfy(offsets -> assertThat(offsets).isSorted());
        gateway.assertUnharmed();
    }

    private String component(String path, String ordering) {
        return InputGateway.component(
                "in",
                kafka.bootstrapServers(),
                topic,
                path,
                "ordering",
                ordering,
                "sessionTimeout",
                SESSION.toSeconds() + "s");
    }

    /** Waits until records have come there for a while. */
    private void awaitDeliveriesTo(String path) {
        await().atMost(SOON).until(() -> journal.answersTo(path) > PER_SECOND / 3);
    }
}
