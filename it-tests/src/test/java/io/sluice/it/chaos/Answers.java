package io.sluice.it.chaos;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;
import java.util.random.RandomGenerator;

/** What an app answers. Called on its only event loop. */
interface Answers {
    Answers OK = (call, vertx) -> Future.succeededFuture(200);

    /** The status for a call, when it is time to answer. */
    Future<Integer> to(Call call, Vertx vertx);

    /** 200, but 500 for every 100th call; after {@code shortest} milliseconds to three times that. */
    static Answers refusingEvery100th(ToIntFunction<Call> shortest, RandomGenerator random) {
        var calls = new AtomicInteger();
        return (call, vertx) -> {
            int status = calls.incrementAndGet() % 100 == 0 ? 500 : 200;
            int least = shortest.applyAsInt(call);
            return vertx.timer(random.nextInt(least, 3 * least + 1), TimeUnit.MILLISECONDS)
                    .map(status);
        };
    }
}
