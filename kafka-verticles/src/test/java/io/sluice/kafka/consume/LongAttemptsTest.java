package io.sluice.kafka.consume;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.core.binding.DeliverySettings.Ordering;
import io.sluice.core.health.Health;
import io.sluice.kafka.consume.courier.Couriers;
import io.sluice.kafka.consume.poll.Assignment;
import io.sluice.kafka.consume.poll.ConsumerPoller;
import io.sluice.kafka.consume.progress.Attempt;
import io.sluice.kafka.consume.progress.Commit;
import io.sluice.kafka.produce.KafkaServices;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LongAttemptsTest {
    private static final TopicPartition P0 = new TopicPartition("t", 0);
    private static final long MINUTE = 60_000;

    private final Vertx vertx = Vertx.vertx();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private Assignments assignments;
    private LongAttempts attempts;
    private PartitionLane lane;
    private long now;

    @BeforeEach
    void start() {
        Inputs settings = Inputs.with();
        settings.ordering = Ordering.NONE;
        settings.maxInFlight = 8;
        var services = new KafkaServices(new Health(), meters, "app", null);
        Input input = Input.of(vertx, settings.binding(), services, null, new Couriers(vertx, true));
        assignments = new Assignments(input, "t", new ConsumerPoller(input.binding(), "t", Duration.ZERO, () -> null));
        assignments.assigned(List.of(new Assignment(P0, new Commit(0, ""), 0)));
        lane = assignments.lanes().iterator().next();
        attempts = new LongAttempts(input, assignments);
        now = input.clock().getAsLong();
        log.start();
        logger().setLevel(Level.INFO);
        logger().addAppender(log);
    }

    @AfterEach
    void stop() {
        logger().detachAppender(log);
        logger().setLevel(null);
        vertx.close();
    }

    @Test
    void anAttemptThatRunsForAMinuteIsToldOnceAndItsEndAsWell() {
        receive(0);
        Attempt<ConsumerRecord<byte[], byte[]>> attempt = lane.next(now).orElseThrow();

        attempts.look(now + MINUTE - 1);
        assertThat(log.list).isEmpty();
        assertThat(gauge()).isZero();

        attempts.look(now + MINUTE);
        attempts.look(now + MINUTE + 1_000);
        attempts.look(now + 10 * MINUTE);
        assertThat(log.list).singleElement().satisfies(line -> {
            assertThat(line.getLevel()).isEqualTo(Level.WARN);
            assertThat(line.getFormattedMessage()).contains("deliveryTimeout");
            assertThat(line.getKeyValuePairs()).anySatisfy(pair -> {
                assertThat(pair.key).isEqualTo("offset");
                assertThat(pair.value).isEqualTo(0L);
            });
        });
        assertThat(gauge()).isOne();

        lane.settled(attempt);
        attempts.look(now + 10 * MINUTE + 1_000);
        assertThat(log.list).hasSize(2);
        assertThat(log.list.get(1).getLevel()).isEqualTo(Level.INFO);
        assertThat(gauge()).isZero();
    }

    @Test
    void manyThatBecomeLongOneAfterTheOtherAreToldOnceAMinute() {
        receive(0, 1, 2, 3);
        for (int i = 0; i < 4; i++) {
            lane.next(now + 1_000 * i).orElseThrow();
        }

        for (int second = 0; second < 10; second++) {
            attempts.look(now + MINUTE + 1_000 * second);
        }

        assertThat(log.list).hasSize(1);
        assertThat(gauge()).isEqualTo(4);
    }

    private void receive(long... offsets) {
        var records = Arrays.stream(offsets)
                .mapToObj(offset -> new ConsumerRecord<>("t", 0, offset, (byte[]) null, new byte[0]))
                .toList();
        long next = offsets[offsets.length - 1] + 1;
        assignments.received(new ConsumerRecords<>(Map.of(P0, records), Map.of(P0, new OffsetAndMetadata(next))));
    }

    private double gauge() {
        return meters.get("sluice_input_long_attempts").gauge().value();
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger(LongAttempts.class);
    }
}
