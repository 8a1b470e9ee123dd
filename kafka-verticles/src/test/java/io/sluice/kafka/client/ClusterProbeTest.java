package io.sluice.kafka.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.binding.AuthSettings;
import io.sluice.core.binding.AuthSettings.Tls;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.TimeoutException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ClusterProbeTest {
    private static final Cluster CLUSTER =
            new Cluster(List.of("b:9092"), new AuthSettings.None(new Tls(false, null, null, null, null, false)), "c");

    private final Vertx vertx = Vertx.vertx();
    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private volatile Future<Void> answer = Future.succeededFuture();
    private volatile boolean broken;
    /** What holds up the next opening, null for nothing. */
    private final AtomicReference<CountDownLatch> slow = new AtomicReference<>();

    private ClusterProbe probe;

    @BeforeEach
    void start() {
        vertx.exceptionHandler(error -> events.add("reported"));
        probe = new ClusterProbe(
                vertx.getOrCreateContext(),
                this::query,
                new KafkaFailures(CLUSTER),
                Duration.ofMillis(1),
                Duration.ofMillis(100));
        probe.add(new ClusterListener() {
            @Override
            public void reachable() {
                events.add("reachable");
                if (broken) {
                    broken = false;
                    throw new NoClassDefFoundError("gone");
                }
            }

            @Override
            public void unreachable(Obstacle why) {
                events.add("unreachable");
            }
        });
    }

    @AfterEach
    void stop() {
        probe.stop().await();
        vertx.close().await();
    }

    @Test
    void aClientThatAnswersNoMoreIsToldAndReplaced() throws Exception {
        answer = Promise.<Void>promise().future();
        probe.start();

        assertThat(next()).isEqualTo("opened");
        assertThat(next()).isEqualTo("closed");
        assertThat(next()).isEqualTo("unreachable");
        answer = Future.succeededFuture();
        assertThat(next()).isEqualTo("opened");
        awaitReachable();
    }

    @Test
    void aClientWhoseThreadAnErrorHasEndedIsReplaced() throws Exception {
        answer = Future.failedFuture(new TimeoutException("The AdminClient thread has exited."));
        probe.start();

        assertThat(next()).isEqualTo("opened");
        assertThat(next()).isEqualTo("closed");
        assertThat(next()).isEqualTo("unreachable");
        answer = Future.succeededFuture();
        assertThat(next()).isEqualTo("opened");
        awaitReachable();
    }

    @Test
    void aListenerThatFailsIsReportedAndAskingGoesOn() throws Exception {
        broken = true;
        probe.start();

        assertThat(next()).isEqualTo("opened");
        assertThat(next()).isEqualTo("reachable");
        assertThat(next()).isEqualTo("reported");
        awaitReachable();
    }

    @Test
    void aClientThatIsOpenedWhenThereIsAnotherAlreadyIsClosed() throws Exception {
        var opening = new CountDownLatch(1);
        slow.set(opening);
        probe.start();

        assertThat(next()).isEqualTo("unreachable");
        awaitReachable();
        opening.countDown();

        Awaitility.await().until(() -> events.contains("closed"));
    }

    /** However many there are: each question is a request, and goes to a broker of its own for each group. */
    @Test
    void allListenersTogetherAskOnce() throws Exception {
        var members = new CopyOnWriteArrayList<String>();
        probe.add(member("a", members));
        probe.add(member("b", members));
        probe.start();

        assertThat(List.of(next(), next(), next(), next()))
                .containsExactly("opened", "asked for [topic of a, topic of b]", "asked for [a, b]", "reachable");
        Awaitility.await().until(() -> members.containsAll(List.of("a", "b")));
    }

    private static ClusterListener member(String group, List<String> told) {
        return new ClusterListener() {
            @Override
            public void reachable() {}

            @Override
            public void unreachable(Obstacle why) {}

            @Override
            public Set<String> topics() {
                return Set.of("topic of " + group);
            }

            @Override
            public Set<String> groups() {
                return Set.of(group);
            }

            @Override
            public void groupMembers(Map<String, List<Set<TopicPartition>>> assigned) {
                if (assigned.containsKey(group)) {
                    told.add(group);
                }
            }
        };
    }

    private void awaitReachable() throws InterruptedException {
        String event = next();
        while (!event.equals("reachable")) {
            assertThat(event).isNotEqualTo("nothing");
            event = next();
        }
    }

    private ClusterQuery query() throws InterruptedException {
        CountDownLatch held = slow.getAndSet(null);
        if (held != null) {
            held.await();
        }
        events.add("opened");
        return new ClusterQuery() {
            @Override
            public Future<Void> ask() {
                return answer;
            }

            @Override
            public Future<Map<String, Uuid>> topicIds(Set<String> topics) {
                events.add("asked for " + new TreeSet<>(topics));
                return Future.succeededFuture(Map.of());
            }

            @Override
            public Future<Map<String, List<Set<TopicPartition>>>> assignments(Set<String> groups) {
                events.add("asked for " + new TreeSet<>(groups));
                return Future.succeededFuture(Map.of("a", List.of(), "b", List.of()));
            }

            @Override
            public Future<Boolean> hasInstance(String group, String instanceId) {
                return Future.succeededFuture(false);
            }

            @Override
            public Future<Void> close() {
                events.add("closed");
                return Future.succeededFuture();
            }
        };
    }

    private String next() throws InterruptedException {
        String event = events.poll(10, TimeUnit.SECONDS);
        return event == null ? "nothing" : event;
    }
}
