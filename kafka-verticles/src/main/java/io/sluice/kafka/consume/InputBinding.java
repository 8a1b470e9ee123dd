package io.sluice.kafka.consume;

import io.sluice.core.message.Delivery.Coordinates;
import io.sluice.kafka.client.ClusterListener;
import io.sluice.kafka.client.Obstacle;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/** One input binding: a consumer for each topic, and who answers questions about them. Safe for use from any thread. */
final class InputBinding implements ClusterListener {
    private final Vertx vertx;
    private final Input input;
    private final Map<String, ConsumerSupervisor> consumers = new LinkedHashMap<>();
    private final AtomicBoolean unreachable = new AtomicBoolean();
    private @Nullable Future<String> administration;

    /**
     * What is known of a topic.
     *
     * @param reason why nothing is delivered at all, empty when that is not so
     */
    record TopicStatus(String reason, List<PartitionStatus> partitions) {}

    InputBinding(Vertx vertx, Input input) {
        this.vertx = vertx;
        this.input = input;
        for (String topic : input.binding().topics()) {
            consumers.put(topic, new ConsumerSupervisor(vertx, input, topic));
        }
    }

    Input input() {
        return input;
    }

    synchronized Future<Void> start() {
        Future<String> deployment = vertx.deployVerticle(new AdministrationVerticle(this));
        administration = deployment;
        return deployment.compose(id -> all(ConsumerSupervisor::start));
    }

    @Override
    public void reachable() {
        input.health().reachable();
        if (unreachable.compareAndSet(true, false)) {
            consumers.values().forEach(ConsumerSupervisor::tryNow);
        }
    }

    @Override
    public void unreachable(Obstacle why) {
        unreachable.set(true);
        input.health().unreachable(why);
    }

    @Override
    public Set<String> topics() {
        return consumers.keySet();
    }

    @Override
    public void topicIds(Map<String, Uuid> ids) {
        consumers.forEach((topic, consumer) -> {
            Uuid id = ids.get(topic);
            if (id != null) {
                consumer.topicId(id);
            }
        });
    }

    @Override
    public Set<String> groups() {
        return input.health().idle().all().isEmpty()
                ? Set.of()
                : Set.of(input.binding().consumer().group());
    }

    @Override
    public void groupMembers(Map<String, List<Set<TopicPartition>>> assigned) {
        List<Set<TopicPartition>> members =
                assigned.get(input.binding().consumer().group());
        if (members != null) {
            input.health().idle().look(members);
        }
    }

    /** @param limit how long to wait for what is in flight */
    Future<Void> drain(Duration limit) {
        return all(consumer -> consumer.drain(limit));
    }

    synchronized Future<Void> stop() {
        Future<Void> consuming = all(ConsumerSupervisor::stop);
        Future<String> deployment = administration;
        return deployment == null ? consuming : consuming.eventually(() -> deployment.compose(vertx::undeploy));
    }

    private Future<Void> all(Function<ConsumerSupervisor, Future<Void>> action) {
        List<Future<Void>> each = consumers.values().stream().map(action).toList();
        return Future.join(each).mapEmpty();
    }

    /** What each topic's consumer says of itself; why one does not run for now is in the health. */
    Future<List<TopicStatus>> statuses() {
        var asked = new ArrayList<Future<TopicStatus>>();
        for (ConsumerSupervisor consumer : consumers.values()) {
            asked.add(consumer.ask(InputBinding::status).otherwise(cause -> new TopicStatus("", List.of())));
        }
        return Future.all(asked).map(all -> all.list());
    }

    private static Future<TopicStatus> status(TopicConsumer consumer) {
        return consumer.refreshEnds().map(v -> new TopicStatus(consumer.closedBecause(), consumer.statuses()));
    }

    /** Passes over a record that cannot be read; false when that is not what holds its partition. */
    Future<Boolean> skipUnreadable(Coordinates at) {
        ConsumerSupervisor consumer = consumers.get(at.topic());
        return consumer == null
                ? Future.succeededFuture(false)
                : consumer.ask(running -> running.skipUnreadable(at.partition(), at.offset()));
    }

    /** A record was delivered beside its turn: if it blocks its lane, it does no more. */
    Future<Boolean> settleStanding(Coordinates at) {
        ConsumerSupervisor consumer = consumers.get(at.topic());
        return consumer == null
                ? Future.succeededFuture(false)
                : consumer.ask(running -> Future.succeededFuture(running.settleStanding(at.partition(), at.offset())))
                        .otherwise(false);
    }
}
