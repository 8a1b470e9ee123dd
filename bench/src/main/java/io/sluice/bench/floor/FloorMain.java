package io.sluice.bench.floor;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.Map;

/** {@code FloorMain CLIENT PORT BROKERS TOPIC LINGER}: CLIENT is {@code kafka} or {@code vertx}. */
public final class FloorMain {
    private FloorMain() {}

    public static void main(String[] args) throws Exception {
        int port = Integer.parseInt(args[1]);
        String topic = args[3];
        int cores = Runtime.getRuntime().availableProcessors();
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(cores));
        RecordSink sink = sink(args[0], vertx, topic, Map.of("bootstrap.servers", args[2], "linger.ms", args[4]));
        vertx.deployVerticle(() -> new FloorVerticle(port, sink), new DeploymentOptions().setInstances(cores))
                .toCompletionStage()
                .toCompletableFuture()
                .get();
        System.out.printf("floor ready http=127.0.0.1:%d%n", port);
    }

    private static RecordSink sink(String client, Vertx vertx, String topic, Map<String, String> settings) {
        return client.equals("vertx")
                ? VertxClientSink.connect(vertx, topic, settings)
                : KafkaClientSink.connect(topic, settings);
    }
}
