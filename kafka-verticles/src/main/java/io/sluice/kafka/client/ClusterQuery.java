package io.sluice.kafka.client;

import io.vertx.core.Future;

/** Asks a cluster whether it is there. */
public interface ClusterQuery {

    /** Succeeds when a broker answered; fails within a few seconds when none did. */
    Future<Void> ask();

    Future<Void> close();
}
