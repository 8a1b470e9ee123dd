package io.sluice.kafka.consume;

import io.sluice.core.health.Health;
import io.sluice.kafka.client.Obstacle;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells whether a binding can consume: it can as long as nobody reports a problem. Each change is logged once. Safe for
 * use from any thread.
 */
final class InputHealth {
    private static final Logger log = LoggerFactory.getLogger(InputHealth.class);
    private static final boolean INBOUND = false;
    private static final String CLUSTER = "kafka";
    private static final String SUBSCRIPTION = "subscription";

    private final Health health;
    private final String binding;
    private final String target;
    private final Map<String, String> problems = new TreeMap<>();
    private boolean away;
    private boolean removed;

    /** @param topics none of them is consumed as long as no partition of it is assigned */
    InputHealth(Health health, String binding, List<String> topics) {
        this.health = health;
        this.binding = binding;
        this.target = "input:" + binding;
        problem(CLUSTER, "not connected yet", false);
        topics.forEach(this::unassigned);
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
        problem(CLUSTER, why.message(), news);
        away = !why.turnedAway();
    }

    /**
     * @param what names the problem, for {@link #solved}
     * @param why in words an operator can act on
     */
    void problem(String what, String why) {
        problem(what, why, true);
    }

    /** One that is told in the log by others, and whose words change as long as it lasts. */
    void knownProblem(String what, String why) {
        problem(what, why, false);
    }

    private synchronized void problem(String what, String why, boolean news) {
        // A login that fails is reported by the probe and by each consumer.
        boolean known = problems.containsValue(why);
        problems.put(what, why);
        tell();
        if (news && !known && !removed) {
            log.atWarn()
                    .addKeyValue("binding", binding)
                    .addKeyValue("part", what)
                    .addKeyValue("reason", why)
                    .log("a binding cannot consume");
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

    /** The member has partitions of the topic, or waits beside others that have all. */
    void consumes(String topic) {
        solved(partitions(topic));
    }

    /** The member does not consume the topic yet, or no more. */
    void unassigned(String topic) {
        problem(partitions(topic), "no partition of " + topic + " is assigned yet", false);
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
        return "partitions of " + topic;
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
