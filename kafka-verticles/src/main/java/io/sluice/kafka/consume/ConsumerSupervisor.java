package io.sluice.kafka.consume;

import io.sluice.kafka.client.Cluster;
import io.sluice.kafka.client.KafkaFailures;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.Function;
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
    private @Nullable Long timer;
    private boolean stopped;
    private Duration pause;
    private long startedAt;

    private record Deployed(TopicConsumerVerticle verticle, Future<String> deployment) {}

    ConsumerSupervisor(Vertx vertx, Input input, String topic) {
        this.vertx = vertx;
        this.input = input;
        this.topic = topic;
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
        var verticle = new TopicConsumerVerticle(input, topic, this::failed);
        Future<String> deployment = vertx.deployVerticle(verticle);
        current = new Deployed(verticle, deployment);
        return deployment;
    }

    private synchronized void failed(Throwable why) {
        input.metrics().consumerFailed();
        input.health()
                .problem(
                        TopicConsumerVerticle.problem(topic),
                        new KafkaFailures(Cluster.of(input.binding())).consumer(topic, why));
        Deployed broken = current;
        if (stopped || broken == null) {
            return;
        }
        current = null;
        boolean lasted = System.nanoTime() - startedAt > LONGEST_PAUSE.toNanos();
        Duration wait = lasted ? firstPause() : pause;
        pause = wait.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? wait.multipliedBy(2) : LONGEST_PAUSE;
        undeploy(broken).onComplete(v -> restartAfter(wait));
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
    }
}
