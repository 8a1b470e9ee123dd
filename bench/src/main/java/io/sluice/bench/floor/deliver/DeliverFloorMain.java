package io.sluice.bench.floor.deliver;

import io.sluice.bench.deliver.Ordering;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** {@code DeliverFloorMain BROKERS TOPIC ORDERING PORT PATH}: the port and path are the app's. */
public final class DeliverFloorMain {
    private DeliverFloorMain() {}

    public static void main(String[] args) {
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        AppClient app = AppClient.connect(vertx, Integer.parseInt(args[3]), args[4]);
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                args[0],
                "group.id",
                args[1],
                "enable.auto.commit",
                false,
                "auto.offset.reset",
                "earliest");
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            System.out.printf("floor ready http=%s%n", args[3]);
            new PollLoop(consumer, vertx.getOrCreateContext(), app, Ordering.valueOf(args[2])).run(args[1]);
        }
    }
}
