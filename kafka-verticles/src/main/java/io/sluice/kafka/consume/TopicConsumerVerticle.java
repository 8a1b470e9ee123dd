package io.sluice.kafka.consume;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The life of one consumer of one topic. */
final class TopicConsumerVerticle extends VerticleBase {
    private static final long TICK_MILLIS = 1_000;
    private static final int TICKS_BETWEEN_ENDS = 10;

    private final Input input;
    private final String topic;
    private final Consumer<Throwable> failed;
    private @Nullable TopicConsumer consumer;
    private long ticks;

    /** @param failed called on the verticle's context when the consumer is beyond repair */
    TopicConsumerVerticle(Input input, String topic, Consumer<Throwable> failed) {
        this.input = input;
        this.topic = topic;
        this.failed = failed;
    }

    /** What a consumer's failure is called in {@link InputHealth}. */
    static String problem(String topic) {
        return "consumer of " + topic;
    }

    @Override
    public Future<?> start() {
        var starting = new TopicConsumer(context, input, topic, failed);
        consumer = starting;
        vertx.setPeriodic(TICK_MILLIS, timer -> tick(starting));
        return starting.open();
    }

    private void tick(TopicConsumer running) {
        running.tick();
        if (++ticks % TICKS_BETWEEN_ENDS == 0) {
            running.refreshEnds().onSuccess(v -> running.tick());
        }
    }

    @Override
    public Future<?> stop() {
        return consumer == null ? Future.succeededFuture() : consumer.close();
    }

    /** Asks the consumer on its own context; may be called on any thread, once the verticle is deployed. */
    <T> Future<T> ask(Function<TopicConsumer, Future<T>> question) {
        TopicConsumer asked = consumer;
        if (asked == null) {
            return Future.failedFuture(new IllegalStateException("not started"));
        }
        Promise<T> answer = Promise.promise();
        context.runOnContext(v -> question.apply(asked).onComplete(answer));
        return answer.future();
    }
}
