package io.sluice.it.chaos;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/** What an app answers. Called on its only event loop. */
interface Answers {
    Answers OK = (call, vertx) -> Future.succeededFuture(200);

    /** The status for a call, when it is time to answer. */
    Future<Integer> to(Call call, Vertx vertx);

    /** After 1 to {@code longest} milliseconds 200, but 500 for every 100th call. */
    static Answers refusingEvery100th(int longest, RandomGenerator random) {
        var calls = new AtomicInteger();
        return (call, vertx) -> {
            int status = calls.incrementAndGet() % 100 == 0 ? 500 : 200;
            return vertx.timer(random.nextInt(1, longest + 1), TimeUnit.MILLISECONDS)
                    .map(status);
        };
    }
}
