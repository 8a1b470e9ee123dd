package io.sluice.kafka.consume;

import io.sluice.kafka.client.Cluster;
import io.sluice.kafka.client.ClusterQuery;
import io.sluice.kafka.consume.poll.ConsumerProperties;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A {@code groupInstanceId} that another member has taken. Whoever joins with it puts that member out of the group, so two
 * that both tried again would take turns, with records delivered twice at each.
 */
final class TakenInstance {
    private static final Logger log = LoggerFactory.getLogger(TakenInstance.class);

    private final Vertx vertx;
    private final Input input;
    private final String topic;

    TakenInstance(Vertx vertx, Input input, String topic) {
        this.vertx = vertx;
        this.input = input;
        this.topic = topic;
    }

    /** Whether the other member has left; no, when that cannot be found out. */
    Future<Boolean> isFree() {
        Callable<ClusterQuery> opener = () -> input.clients().query(Cluster.of(input.binding()));
        String group = input.binding().consumer().group();
        String instance = ConsumerProperties.instanceId(input.binding(), topic);
        return vertx.executeBlocking(opener, false)
                .compose(query -> query.hasInstance(group, instance).eventually(query::close))
                .map(taken -> !taken)
                .otherwise(error -> {
                    log.atDebug().setCause(error).log("it is not known whether an instance id is taken");
                    return false;
                });
    }
}
