package io.sluice.kafka.consume;

import io.sluice.core.binding.KafkaBinding;
import io.sluice.core.health.Health;
import io.sluice.kafka.client.Obstacle;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Tells whether a binding can consume: it can as long as nobody reports a problem. Each change is logged once. Safe for
 * use from any thread.
 */
final class InputHealth {
    private static final Logger log = LoggerFactory.getLogger(InputHealth.class);
    private static final boolean INBOUND = false;
    private static final String CLUSTER = "kafka";
    private static final String SUBSCRIPTION = "subscription";
    private static final String REGISTRY = "schema registry";
    private static final String CONSUMER = "consumer of ";
    private static final String PARTITIONS = "partitions of ";

    private final Health health;
    private final String binding;
    private final String target;
    private final Map<String, String> problems = new TreeMap<>();
    private final IdleTopics idle;
    private boolean away;
    private boolean removed;

    /** Nothing is consumed of a topic as long as no partition of it is assigned. */
    InputHealth(Health health, KafkaBinding binding) {
        this.health = health;
        this.binding = binding.name();
        this.target = "input:" + this.binding;
        this.idle = new IdleTopics(this, binding.consumer().group());
        knownProblem(CLUSTER, "not connected yet");
        binding.topics().forEach(this::unassigned);
    }

    /** As {@link io.sluice.kafka.client.ClusterListener#reachable}. */
    synchronized void reachable() {
        away = false;
        solved(CLUSTER);
    }

    /** As {@link io.sluice.kafka.client.ClusterListener#unreachable}. */
    synchronized void unreachable(Obstacle why) {
        // What is heard of brokers that are away differs from time to time.
        boolean news = why.turnedAway() || !away;
        problem(CLUSTER, why.message(), why.remedy(), news);
        away = !why.turnedAway();
    }

    synchronized boolean isClusterReachable() {
        return !problems.containsKey(CLUSTER);
    }

    /**
     * @param what names the problem, for {@link #solved}
     * @param why in words an operator can act on
     */
    void problem(String what, String why) {
        problem(what, why, "", true);
    }

    /** One that is told in the log by others, and whose words change as long as it lasts. */
    void knownProblem(String what, String why) {
        problem(what, why, "", false);
    }

    private synchronized void problem(String what, String why, String remedy, boolean news) {
        // A login that fails is reported by the probe and by each consumer.
        boolean known = problems.containsValue(why);
        problems.put(what, why);
        tell();
        if (news && !known && !removed) {
            LoggingEventBuilder line = log.atWarn()
                    .addKeyValue("binding", binding)
                    .addKeyValue("part", what)
                    .addKeyValue("reason", why);
            (remedy.isEmpty() ? line : line.addKeyValue("remedy", remedy)).log("a binding cannot consume");
        }
    }

    synchronized void solved(String what) {
        if (problems.remove(what) == null) {
            return;
        }
        tell();
        if (problems.isEmpty() && !removed) {
            log.atInfo().addKeyValue("binding", binding).log("input binding ready");
        }
    }

    private void tell() {
        if (removed) {
            return;
        }
        if (problems.isEmpty()) {
            health.ready(target, INBOUND);
        } else {
            health.notReady(target, INBOUND, String.join("; ", new TreeSet<>(problems.values())));
        }
    }

    /** The member knows which partitions of a topic it has; they may be none. */
    void assigned(String topic) {
        health.startup().inputAssigned(binding, topic);
    }

    /** The member has partitions of the topic, or waits beside others that have one each. */
    void consumes(String topic) {
        solved(partitions(topic));
    }

    /** Others have partitions of the topic that could be this member's. */
    void taken(String topic, String why) {
        problem(partitions(topic), why);
    }

    /** Topics of which other members have all. */
    IdleTopics idle() {
        return idle;
    }

    /** What keeps whole topics from being consumed, as far as that is not the app's affair; in words for an operator. */
    List<String> notConsuming() {
        var reasons = new LinkedHashSet<String>();
        // Not under the lock, which whoever looks at the group takes the other way round.
        Set<String> waiting = idle.all();
        synchronized (this) {
            problems.forEach((what, why) -> {
                if (what.equals(CLUSTER) || what.startsWith(PARTITIONS) || what.startsWith(CONSUMER)) {
                    reasons.add(why);
                }
            });
            waiting.removeIf(topic -> problems.containsKey(partitions(topic)));
        }
        waiting.forEach(topic -> reasons.add(
                "other members of the group have all partitions of " + topic + ", one each: this one waits"));
        return List.copyOf(reasons);
    }

    /** @param reason why schemas cannot be had, empty when they can; told by whoever asks for them */
    void registry(String reason) {
        if (reason.isEmpty()) {
            solved(REGISTRY);
        } else {
            knownProblem(REGISTRY, reason);
        }
    }

    /** What a consumer's failure is called. */
    static String consumer(String topic) {
        return CONSUMER + topic;
    }

    /** The member does not consume the topic yet, or no more. */
    void unassigned(String topic) {
        idle.remove(topic);
        knownProblem(partitions(topic), "no partition of " + topic + " is assigned yet");
    }

    /** There is nothing to consume. */
    void missing(String topic) {
        problem(
                partitions(topic),
                "topic " + topic
                        + " is not there: create it, or correct the field topics; its records are consumed once"
                        + " it is there");
    }

    private static String partitions(String topic) {
        return PARTITIONS + topic;
    }

    /**
     * Whether the app takes the records of the binding.
     *
     * @param reason why it does not, empty when it does; told by whoever found out
     */
    void subscribed(String reason) {
        if (reason.isEmpty()) {
            solved(SUBSCRIPTION);
        } else {
            knownProblem(SUBSCRIPTION, reason);
        }
    }

    synchronized void remove() {
        removed = true;
        health.remove(target);
    }
}
