package io.sluice.kafka.consume.poll;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.sluice.core.binding.AuthSettings;
import io.sluice.core.budget.HeapBudget;
import io.sluice.kafka.client.Cluster;
import io.sluice.kafka.client.ClusterQuery;
import io.sluice.kafka.client.KafkaClients;
import io.sluice.kafka.consume.Inputs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class MemberOpenerTest {
    private static final long MIB = 1024 * 1024;

    private final Inputs inputs = Inputs.with();
    private final InputMemory memory = new InputMemory(HeapBudget.of(128 * MIB));
    private final Kafka kafka = new Kafka();
    private boolean oneByOne;
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.start();
        logger().setLevel(Level.WARN);
        logger().addAppender(log);
    }

    @AfterEach
    void fallSilent() {
        logger().detachAppender(log);
        logger().setLevel(null);
    }

    @Test
    void aTopicOfFewPartitionsIsFetchedByTheConsumerThatAsked() {
        kafka.partitions = 3;

        var opened = open();

        assertThat(kafka.opened).containsExactly(opened);
        assertThat(kafka.fetchSizes).containsExactly(262_144);
        assertThat(opened.closed()).isFalse();
    }

    @Test
    void aTopicOfManyPartitionsIsFetchedInSmallerPieces() {
        kafka.partitions = 256;

        var opened = open();

        assertThat(kafka.fetchSizes).containsExactly(262_144, 65_536);
        assertThat(kafka.opened.get(0).closed()).isTrue();
        assertThat(opened).isSameAs(kafka.opened.get(1));
    }

    @Test
    void aClusterThatDoesNotAnswerKeepsNothingFromBeingOpened() {
        kafka.partitions = -1;

        var opened = open();

        assertThat(kafka.opened).containsExactly(opened);
        assertThat(opened.closed()).isFalse();
    }

    @Test
    void aSizeThatWasSetIsKeptAndToldWhenTheHeapDoesNotBearIt() {
        inputs.fetchDefault = 2 * 1024 * 1024;
        kafka.partitions = 8;
        open();
        assertThat(log.list).isEmpty();

        kafka.partitions = 9;
        open();

        assertThat(kafka.fetchSizes).containsOnly(2 * 1024 * 1024);
        assertThat(log.list).singleElement().satisfies(line -> {
            assertThat(line.getFormattedMessage()).contains("consumerFetchDefault", "-Xmx");
            assertThat(line.getKeyValuePairs())
                    .anySatisfy(pair -> assertThat(pair).hasToString("partitions=\"9\""));
        });
    }

    @Test
    void afterAnErrorRecordsArePolledOneByOne() {
        open();
        oneByOne = true;
        open();

        assertThat(kafka.mostRecords).containsExactly(256, 1);
    }

    private MockConsumer<byte[], byte[]> open() {
        var binding = inputs.binding();
        var polled = new PollMemory(memory.deliveries(), MIB, MIB);
        return (MockConsumer<byte[], byte[]>) new MemberOpener(kafka, binding, "t", memory).open(polled, oneByOne);
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger(MemberOpener.class);
    }

    /** A topic with so many partitions, negative for a cluster that does not answer. */
    private static final class Kafka implements KafkaClients {
        private final List<MockConsumer<byte[], byte[]>> opened = new ArrayList<>();
        private final List<Object> fetchSizes = new ArrayList<>();
        private final List<Object> mostRecords = new ArrayList<>();
        private int partitions;

        @Override
        public Consumer<byte[], byte[]> consumer(
                AuthSettings auth,
                Map<String, Object> properties,
                Deserializer<byte[]> keys,
                Deserializer<byte[]> values) {
            fetchSizes.add(properties.get("max.partition.fetch.bytes"));
            mostRecords.add(properties.get("max.poll.records"));
            var consumer = new MockConsumer<byte[], byte[]>("none") {
                @Override
                public synchronized List<PartitionInfo> partitionsFor(String topic, Duration timeout) {
                    if (partitions < 0) {
                        throw new TimeoutException("no broker answers");
                    }
                    return IntStream.range(0, partitions)
                            .mapToObj(partition -> new PartitionInfo(topic, partition, null, null, null))
                            .toList();
                }
            };
            opened.add(consumer);
            return consumer;
        }

        @Override
        public Producer<byte[], byte[]> producer(AuthSettings auth, Map<String, Object> properties) {
            throw new UnsupportedOperationException("nothing is produced here");
        }

        @Override
        public ClusterQuery query(Cluster cluster) {
            throw new UnsupportedOperationException("nothing is asked here");
        }
    }
}
