package io.sluice.kafka.produce;

import io.sluice.core.health.Health;
import io.sluice.core.message.Failure;
import io.sluice.core.message.Reason;
import io.sluice.kafka.client.ClusterListener;
import io.sluice.kafka.client.Obstacle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Tells whether a binding can produce, from what is known of its cluster and of its topic, and logs each change once. It
 * says nothing before {@link #speak}, so that a binding can be made ready behind another one of its name. Safe for use from
 * any thread.
 */
final class OutputHealth implements ClusterListener {
    private static final Logger log = LoggerFactory.getLogger(OutputHealth.class);
    private static final boolean OUTBOUND = true;

    private final Health health;
    private final String binding;
    private final String brokers;
    private final String target;
    private final Runnable doubt;

    private boolean clusterKnown;
    private volatile @Nullable Obstacle clusterProblem;
    private @Nullable Failure topicProblem;
    private String registryProblem = "";
    private boolean topicKnown;
    private State state = State.STARTING;
    /** What was logged last of a trouble that somebody has to put right. */
    private String told = "";

    private boolean speaking;

    private enum State {
        STARTING,
        READY,
        NOT_READY
    }

    /** @param doubt has the cluster asked anew whether it is there, soon */
    OutputHealth(Health health, String binding, String brokers, Runnable doubt) {
        this.health = health;
        this.binding = binding;
        this.brokers = brokers;
        this.target = "kafka:" + binding;
        this.doubt = doubt;
    }

    /** Tells from now on, and first of all how things are: not ready until the topic is known. */
    synchronized void speak() {
        speaking = true;
        tell();
    }

    /** Tells nothing any more. What it said last stays, for its successor to correct. */
    synchronized void fallSilent() {
        speaking = false;
    }

    @Override
    public synchronized void reachable() {
        clusterKnown = true;
        clusterProblem = null;
        tell();
    }

    @Override
    public synchronized void unreachable(Obstacle why) {
        clusterKnown = true;
        clusterProblem = why;
        tell();
    }

    synchronized void topicKnown() {
        topicKnown = true;
        topicProblem = null;
        tell();
    }

    synchronized void topicUnknown(Failure why) {
        topicKnown = false;
        topicProblem = why;
        tell();
    }

    /** The binding's producer has no broker any more. Whether that is so for all of the cluster the probe finds out. */
    void contactLost() {
        if (clusterProblem == null) {
            doubt.run();
        }
    }

    /** @param why schemas cannot be had, empty when they can; told by whoever asks for them */
    synchronized void registry(String why) {
        registryProblem = why;
        tell();
    }

    /** Why the cluster cannot be reached, as far as that is known. */
    Obstacle clusterProblem() {
        return clusterProblemOr("no broker has answered yet");
    }

    /** @param otherwise what is to be said when nothing is known */
    Obstacle clusterProblemOr(String otherwise) {
        Obstacle problem = clusterProblem;
        return problem != null ? problem : new Obstacle(brokers, false, otherwise);
    }

    /** Whether no broker answers, though it is not known that they turn us away. */
    boolean isUnreachable() {
        Obstacle problem = clusterProblem;
        return problem != null && !problem.turnedAway();
    }

    synchronized void remove() {
        speaking = false;
        health.remove(target);
    }

    private void tell() {
        if (!speaking) {
            return;
        }
        if (clusterProblem != null) {
            notReady(clusterProblem.message(), clusterProblem.remedy(), clusterProblem.turnedAway());
        } else if (topicProblem != null) {
            notReady(topicProblem.detail(), "", topicProblem.reason() != Reason.KAFKA_UNAVAILABLE);
        } else if (!registryProblem.isEmpty()) {
            health.notReady(target, OUTBOUND, registryProblem);
        } else if (topicKnown) {
            ready();
        } else {
            health.notReady(target, OUTBOUND, "kafka at " + brokers + ": not connected yet");
        }
    }

    private void ready() {
        health.ready(target, OUTBOUND);
        if (state != State.READY) {
            log.atInfo()
                    .addKeyValue("binding", binding)
                    .addKeyValue("brokers", brokers)
                    .log("kafka can be reached");
            state = State.READY;
            told = "";
        }
    }

    /** @param lasting whether {@code why} stays the same until somebody acts; others change with each attempt */
    private void notReady(String why, String remedy, boolean lasting) {
        health.notReady(target, OUTBOUND, why);
        if (!lasting && !clusterKnown) {
            // The probe will know more in a few seconds.
            return;
        }
        if (state != State.NOT_READY || lasting && !why.equals(told)) {
            LoggingEventBuilder line = log.atWarn()
                    .addKeyValue("binding", binding)
                    .addKeyValue("brokers", brokers)
                    .addKeyValue("reason", why);
            (remedy.isEmpty() ? line : line.addKeyValue("remedy", remedy)).log("a binding cannot produce");
            state = State.NOT_READY;
            told = why;
        }
    }
}
