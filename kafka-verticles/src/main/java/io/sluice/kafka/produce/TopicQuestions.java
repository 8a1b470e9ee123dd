package io.sluice.kafka.produce;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.WorkerExecutor;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;

/**
 * Makes a producer know topics before it gets records for them, which takes seconds when a topic is not there: one question
 * at a time for each topic, whose answer all hear that want to know meanwhile. Safe for use from any thread.
 */
final class TopicQuestions {
    private final WorkerExecutor worker;
    private final Map<String, Future<Void>> underWay = new HashMap<>();

    /** @param worker may be blocked for as long as a question takes */
    TopicQuestions(WorkerExecutor worker) {
        this.worker = worker;
    }

    /** Succeeds when {@code producer} knows the topic. Completes on any thread. */
    synchronized Future<Void> ask(Producer<?, ?> producer, String topic) {
        Future<Void> asked = underWay.get(topic);
        if (asked != null) {
            return asked;
        }
        Promise<Void> answer = Promise.promise();
        underWay.put(topic, answer.future());
        worker.executeBlocking(() -> producer.partitionsFor(topic), false)
                .<Void>mapEmpty()
                .onComplete(heard -> end(topic, answer, heard));
        return answer.future();
    }

    private void end(String topic, Promise<Void> answer, AsyncResult<Void> heard) {
        synchronized (this) {
            underWay.remove(topic);
        }
        answer.handle(heard);
    }
}
