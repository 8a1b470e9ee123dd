package io.sluice.kafka.produce;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.junit.jupiter.api.Test;

class BrokerContactTest {
    private final BrokerContact contact = new BrokerContact();
    private double connections = 1;
    private double responses = 10;
    private final MockProducer<byte[], byte[]> producer = new MockProducer<>() {
        @Override
        public Map<MetricName, Metric> metrics() {
            return BrokerContactTest.metrics(() -> connections, () -> responses);
        }
    };

    @Test
    void aProducerWithoutAnyConnectionHasLostItsBrokers() {
        assertThat(isLost(false, 0)).isFalse();

        connections = 0;

        assertThat(isLost(false, 0)).isTrue();
    }

    @Test
    void aConnectionOnWhichNobodyAnswersWhileTheClusterIsUnreachableIsNoContact() {
        assertThat(isLost(true, 0)).isFalse();
        assertThat(isLost(true, 1_900)).isFalse();

        assertThat(isLost(true, 2_100)).isTrue();
    }

    @Test
    void anAnswerIsContactWhateverOthersFound() {
        isLost(true, 0);
        responses++;
        assertThat(isLost(true, 2_100)).isFalse();
        assertThat(isLost(true, 4_200)).isTrue();

        responses++;

        assertThat(isLost(true, 9_000)).isFalse();
    }

    @Test
    void silenceOfAClusterThatIsThereIsNothing() {
        isLost(true, 0);

        assertThat(isLost(false, 9_000)).isFalse();
        assertThat(isLost(true, 9_100)).isFalse();
    }

    @Test
    void aProducerThatDoesNotTellIsTakenToBeInContact() {
        assertThat(contact.isLost(new MockProducer<>(), true, 0)).isFalse();
    }

    private boolean isLost(boolean unreachable, long millis) {
        return contact.isLost(producer, unreachable, Duration.ofMillis(millis).toNanos());
    }

    /** Metrics as Kafka's producer has them, among others. */
    static Map<MetricName, Metric> metrics(Supplier<Double> connections, Supplier<Double> responses) {
        var metrics = new HashMap<MetricName, Metric>();
        add(metrics, "connection-count", connections);
        add(metrics, "response-total", responses);
        return metrics;
    }

    private static void add(Map<MetricName, Metric> metrics, String name, Supplier<Double> value) {
        var metricName = new MetricName(name, "producer-metrics", "", Map.of());
        metrics.put(metricName, new Metric() {
            @Override
            public MetricName metricName() {
                return metricName;
            }

            @Override
            public Object metricValue() {
                return value.get();
            }
        });
    }
}
