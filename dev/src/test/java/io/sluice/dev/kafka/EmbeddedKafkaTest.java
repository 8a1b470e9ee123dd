package io.sluice.dev.kafka;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaTest {
    @TempDir
    Path folder;

    @Test
    void aSecondStartOnTheSameFolderFindsTheTopicsOfTheFirst() throws Exception {
        EmbeddedKafkaSettings settings = EmbeddedKafkaSettings.in(folder);
        try (EmbeddedKafka first = EmbeddedKafka.start(settings.withTopics(Map.of("orders", 3)))) {
            assertThat(partitionsByTopic(first)).isEqualTo(Map.of("orders", 3));
        }

        try (EmbeddedKafka second = EmbeddedKafka.start(settings.withTopics(Map.of("orders", 1, "payments", 2)))) {
            assertThat(partitionsByTopic(second)).isEqualTo(Map.of("orders", 3, "payments", 2));
        }
    }

    @Test
    void aFurtherListenerServesClients() throws Exception {
        int port = Ports.free(1).get(0);
        Listener listener = new Listener("SECOND", "PLAINTEXT", port);
        EmbeddedKafkaSettings settings = EmbeddedKafkaSettings.in(folder)
                .withListeners(List.of(listener))
                .withTopics(Map.of("orders", 1));

        try (EmbeddedKafka kafka = EmbeddedKafka.start(settings)) {
            assertThat(topics(kafka.bootstrapServers())).containsExactly("orders");
            assertThat(topics("127.0.0.1:" + port)).containsExactly("orders");
        }
    }

    @Test
    void aPortInUseIsToldByItsNumber() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            int port = other.getLocalPort();

            assertThatThrownBy(() ->
                            EmbeddedKafka.start(EmbeddedKafkaSettings.in(folder).withPort(port)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("127.0.0.1:" + port)
                    .hasMessageContaining("in use");
        }
    }

    @Test
    void aFolderInUseIsToldByItsName() {
        FolderLock other = FolderLock.acquire(folder);

        assertThatThrownBy(() -> EmbeddedKafka.start(EmbeddedKafkaSettings.in(folder)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(folder.toString());

        other.close();
    }

    private static Map<String, Integer> partitionsByTopic(EmbeddedKafka kafka) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            return admin
                    .describeTopics(topics(kafka.bootstrapServers()))
                    .allTopicNames()
                    .get(10, TimeUnit.SECONDS)
                    .entrySet()
                    .stream()
                    .collect(toMap(
                            Map.Entry::getKey,
                            topic -> topic.getValue().partitions().size()));
        }
    }

    private static Set<String> topics(String bootstrapServers) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            return admin.listTopics().names().get(10, TimeUnit.SECONDS);
        }
    }
}
