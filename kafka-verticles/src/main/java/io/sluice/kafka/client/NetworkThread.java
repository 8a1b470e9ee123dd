package io.sluice.kafka.client;

import org.apache.kafka.clients.producer.Producer;

/**
 * What a producer tells of the thread that sends its records. An {@code Error} ends that thread, and Kafka's client goes on
 * as if nothing had happened: it takes records, sends none and calls nobody back, for ever.
 */
public interface NetworkThread {

    /** Whether the thread has ended, so that nothing is to be heard any more of what was sent. Safe for any thread. */
    boolean hasEnded();

    /** Whether {@code producer} has lost its thread; false for one that does not tell. */
    static boolean hasEnded(Producer<?, ?> producer) {
        return producer instanceof NetworkThread thread && thread.hasEnded();
    }
}
