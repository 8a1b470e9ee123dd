package io.sluice.kafka.produce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.core.binding.AuthSettings;
import io.sluice.kafka.client.Cluster;
import io.sluice.kafka.client.ClusterQuery;
import io.sluice.kafka.client.KafkaClients;
import io.sluice.kafka.consume.Inputs;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class AssuredWriterTest {
    private final CountDownLatch brokersAnswer = new CountDownLatch(1);
    private final AtomicInteger questions = new AtomicInteger();
    /** How the brokers answer a question for a topic, null when they have it. */
    private volatile @Nullable RuntimeException missing;

    private final Vertx vertx = Vertx.vertx();

    /** Kafka's mock, whose topic is not known before the brokers answer. */
    private final class Waiting extends MockProducer<byte[], byte[]> {
        Waiting() {
            super(true, null, new ByteArraySerializer(), new ByteArraySerializer());
        }

        @Override
        public List<PartitionInfo> partitionsFor(String topic) {
            questions.incrementAndGet();
            try {
                brokersAnswer.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            if (missing != null) {
                throw missing;
            }
            return List.of();
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

    @Test
    void oneQuestionForATopicThatIsNotThereAnswersAllItsLetters() throws Exception {
        var writer = new AssuredWriter(vertx, new Away(), Inputs.with().binding());
        missing = new TimeoutException("Topic dead not present in metadata after 10000 ms.");
        // Of the first one it is not known when it asks: a producer is opened for it.
        var first = writer.write(new ProducerRecord<>("dead", new byte[0]));
        await().until(() -> questions.get() == 1);

        var others = Stream.generate(() -> writer.write(new ProducerRecord<>("dead", new byte[0])))
                .limit(40)
                .toList();
        brokersAnswer.countDown();

        assertThat(first.toCompletionStage()).failsWithin(10, TimeUnit.SECONDS);
        assertThat(others).allSatisfy(other -> assertThat(other.toCompletionStage())
                .failsWithin(10, TimeUnit.SECONDS)
                .withThrowableThat()
                .withMessageContaining("Topic dead not present"));
        assertThat(questions).hasValue(1);
    }
}
