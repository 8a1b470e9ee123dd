package io.sluice.bench.floor;

import io.vertx.core.Future;

/** One producer, shared by all event loops. */
interface RecordSink {
    /** Completes on the caller's context once Kafka has acknowledged the record. Call on an event loop. */
    Future<Void> send(byte[] key, byte[] value);
}
