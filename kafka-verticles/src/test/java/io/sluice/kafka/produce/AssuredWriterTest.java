package io.sluice.kafka.produce;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.binding.AuthSettings;
import io.sluice.kafka.client.Cluster;
import io.sluice.kafka.client.ClusterQuery;
import io.sluice.kafka.client.KafkaClients;
import io.sluice.kafka.consume.Inputs;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class AssuredWriterTest {
    private final CountDownLatch brokersAnswer = new CountDownLatch(1);
    private final Vertx vertx = Vertx.vertx();

    /** Kafka's mock, whose topic is not known before the brokers answer. */
    private final class Waiting extends MockProducer<byte[], byte[]> {
        Waiting() {
            super(true, null, new ByteArraySerializer(), new ByteArraySerializer());
        }

        @Override
        public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
            try {
                brokersAnswer.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return super.send(record, callback);
        }
    }

    private final class Away implements KafkaClients {
        @Override
        public Producer<byte[], byte[]> producer(AuthSettings auth, Map<String, Object> properties) {
            return new Waiting();
        }

        @Override
        public Consumer<byte[], byte[]> consumer(
                AuthSettings auth,
                Map<String, Object> properties,
                Deserializer<byte[]> keys,
                Deserializer<byte[]> values) {
            throw new UnsupportedOperationException("nothing is consumed here");
        }

        @Override
        public ClusterQuery query(Cluster cluster) {
            throw new UnsupportedOperationException("nothing is asked here");
        }
    }

    @AfterEach
    void stop() throws Exception {
        brokersAnswer.countDown();
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void lettersToATopicThatIsNotThereKeepNobodyElseFromAThread() throws Exception {
        var writer = new AssuredWriter(vertx, new Away(), Inputs.with().binding());
        for (int i = 0; i < 40; i++) {
            var unused = writer.write(new ProducerRecord<>("dead", new byte[0]));
        }

        String answer = vertx.executeBlocking(() -> "at once", false)
                .toCompletionStage()
                .toCompletableFuture()
                .get(5, TimeUnit.SECONDS);

        assertThat(answer).isEqualTo("at once");
    }
}
