package io.sluice.it.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.core.binding.AuthSettings;
import io.sluice.it.kafka.TestKafka;
import io.sluice.it.kafka.WithKafka;
import io.sluice.kafka.client.KafkaClients;
import io.sluice.kafka.client.NetworkThread;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** What Kafka's own producer does when an {@code Error} comes out of its thread. */
@WithKafka
class NetworkThreadIT {
    private static final AuthSettings NO_LOGIN =
            new AuthSettings.None(new AuthSettings.Tls(false, null, null, null, null, false));

    @Test
    void aProducerWhoseThreadHasEndedByAnErrorTellsSo(TestKafka kafka) throws Exception {
        var record = new ProducerRecord<byte[], byte[]>(kafka.newTopic(), new byte[0]);
        Map<String, Object> properties = Map.of("bootstrap.servers", List.of(kafka.bootstrapServers()));
        Vertx vertx = Vertx.vertx();
        try (var producer = KafkaClients.of(vertx).producer(NO_LOGIN, properties)) {
            producer.send(record).get(30, TimeUnit.SECONDS);
            assertThat(NetworkThread.hasEnded(producer)).isFalse();

            var unused = producer.send(record, (metadata, error) -> {
                throw new OutOfMemoryError("for a test");
            });

            await().until(() -> NetworkThread.hasEnded(producer));
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
    }
}
