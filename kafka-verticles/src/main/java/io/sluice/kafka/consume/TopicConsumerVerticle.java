package io.sluice.kafka.consume;

import io.sluice.kafka.consume.courier.Couriers;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The life of one consumer of one topic, on the context where {@link Couriers#home its records are at home}. */
final class TopicConsumerVerticle extends VerticleBase {
    private static final long TICK_MILLIS = 1_000;
    private static final int TICKS_BETWEEN_ENDS = 10;

    private final Input input;
    private final String topic;
    private final boolean afterError;
    private final Consumer<Throwable> failed;
    private volatile @Nullable Context home;
    private volatile @Nullable TopicConsumer consumer;
    private long ticker;
    private long ticks;

    /** @param failed called on the consumer's context when the consumer is beyond repair */
    TopicConsumerVerticle(Input input, String topic, boolean afterError, Consumer<Throwable> failed) {
        this.input = input;
        this.topic = topic;
        this.afterError = afterError;
        this.failed = failed;
    }

    @Override
    public Future<?> start() {
        Context chosen = input.couriers().home(input.binding(), context);
        home = chosen;
        return on(chosen, () -> {
            var starting = new TopicConsumer(chosen, input, topic, afterError, failed);
            consumer = starting;
            ticker = vertx.setPeriodic(TICK_MILLIS, timer -> tick(starting));
            return starting.open().recover(cause -> close(starting).transform(v -> Future.failedFuture(cause)));
        });
    }

    private void tick(TopicConsumer running) {
        running.tick();
        if (++ticks % TICKS_BETWEEN_ENDS == 0) {
            running.refreshEnds().onSuccess(v -> running.tick());
        }
    }

    @Override
    public Future<?> stop() {
        return ask(this::close);
    }

    /** Leaves nothing behind: the context may live on. */
    private Future<Void> close(TopicConsumer running) {
        vertx.cancelTimer(ticker);
        return running.close();
    }

    /** Asks the consumer on its own context; may be called on any thread, once the verticle is deployed. */
    <T> Future<T> ask(Function<TopicConsumer, Future<T>> question) {
        TopicConsumer asked = consumer;
        Context where = home;
        return asked == null || where == null
                ? Future.failedFuture(new IllegalStateException("not started"))
                : on(where, () -> question.apply(asked));
    }

    private static <T> Future<T> on(Context context, Supplier<Future<T>> action) {
        Promise<T> done = Promise.promise();
        context.runOnContext(
                v -> Future.succeededFuture().compose(here -> action.get()).onComplete(done));
        return done.future();
    }
}
