package io.sluice.kafka.consume;

import io.sluice.kafka.client.Cluster;
import io.sluice.kafka.client.KafkaFailures;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.Function;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a consumer of one topic deployed: one that failed is replaced after a pause that doubles from failure to failure
 * and starts over when a consumer lasted. Safe for use from any thread.
 */
final class ConsumerSupervisor {
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final Vertx vertx;
    private final Input input;
    private final String topic;
    private @Nullable Deployed current;
    private final TakenInstance instance;
    private @Nullable Uuid topicId;
    private @Nullable Long timer;
    private @Nullable Long instanceTimer;
    private boolean stopped;
    private boolean afterError;
    private Duration pause;
    private long startedAt;

    private record Deployed(TopicConsumerVerticle verticle, Future<String> deployment) {}

    ConsumerSupervisor(Vertx vertx, Input input, String topic) {
        this.vertx = vertx;
        this.input = input;
        this.topic = topic;
        this.instance = new TakenInstance(vertx, input, topic);
        this.pause = firstPause();
    }

    private Duration firstPause() {
        Duration interval = input.binding().consumer().retryInterval();
        return interval.toMillis() < 1 ? Duration.ofMillis(1) : interval;
    }

    /** Deploys the first consumer. */
    synchronized Future<Void> start() {
        return deploy().mapEmpty();
    }

    private Future<String> deploy() {
        startedAt = System.nanoTime();
        var verticle = new TopicConsumerVerticle(input, topic, afterError, this::failed);
        Future<String> deployment = vertx.deployVerticle(verticle);
        current = new Deployed(verticle, deployment);
        return deployment;
    }

    private synchronized void failed(Throwable why) {
        input.metrics().consumerFailed();
        afterError = why instanceof Error;
        input.health()
                .problem(
                        InputHealth.consumer(topic),
                        new KafkaFailures(Cluster.of(input.binding())).consumer(topic, why));
        Deployed broken = current;
        if (stopped || broken == null) {
            return;
        }
        current = null;
        boolean lasted = System.nanoTime() - startedAt > LONGEST_PAUSE.toNanos();
        Duration wait = lasted ? firstPause() : pause;
        pause = wait.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? wait.multipliedBy(2) : LONGEST_PAUSE;
        boolean taken = KafkaFailures.isTakenInstance(why);
        undeploy(broken).onComplete(v -> {
            if (taken) {
                restartWhenFree();
            } else {
                restartAfter(wait);
            }
        });
    }

    private synchronized void restartWhenFree() {
        if (!stopped) {
            long pause =
                    Math.max(1, input.binding().consumer().heartbeatInterval().toMillis());
            instanceTimer = vertx.setTimer(pause, fired -> instance.isFree().onSuccess(free -> {
                if (free) {
                    restart();
                } else {
                    restartWhenFree();
                }
            }));
        }
    }

    private synchronized void restartAfter(Duration wait) {
        if (!stopped) {
            timer = vertx.setTimer(wait.toMillis(), fired -> restart());
        }
    }

    private synchronized void restart() {
        timer = null;
        if (!stopped) {
            deploy().onFailure(this::failed);
        }
    }

    /** What kept a consumer from running may be over: one that waits for its next attempt has it now. */
    synchronized void tryNow() {
        if (timer != null && vertx.cancelTimer(timer)) {
            pause = firstPause();
            restart();
        }
    }

    /** The topic's id now. With another one than before it was made anew, and nothing that is known of it holds. */
    synchronized void topicId(Uuid id) {
        if (topicId == null) {
            topicId = id;
        } else if (!topicId.equals(id)) {
            // One that does not run for now is told with the next question.
            ask(consumer -> {
                        consumer.topicReplaced();
                        return Future.succeededFuture();
                    })
                    .onSuccess(told -> replaced(id));
        }
    }

    private synchronized void replaced(Uuid id) {
        topicId = id;
    }

    private Future<Void> undeploy(Deployed deployed) {
        return deployed.deployment.compose(vertx::undeploy);
    }

    /** Asks the consumer; fails when there is none for now. */
    <T> Future<T> ask(Function<TopicConsumer, Future<T>> question) {
        Deployed asked;
        synchronized (this) {
            asked = current;
        }
        return asked == null
                ? Future.failedFuture(new IllegalStateException("no consumer of " + topic + " for now"))
                : asked.deployment.compose(id -> asked.verticle.ask(question));
    }

    /**
     * Lets what is in flight end, commits, and leaves the group; the consumer still answers.
     *
     * @param limit how long to wait for what is in flight
     */
    Future<Void> drain(Duration limit) {
        cancel();
        return ask(consumer -> consumer.leave(limit)).otherwiseEmpty();
    }

    Future<Void> stop() {
        cancel();
        Deployed last;
        synchronized (this) {
            last = current;
            current = null;
        }
        return last == null ? Future.succeededFuture() : undeploy(last);
    }

    private synchronized void cancel() {
        stopped = true;
        if (timer != null) {
            vertx.cancelTimer(timer);
        }
        if (instanceTimer != null) {
            vertx.cancelTimer(instanceTimer);
        }
    }
}
