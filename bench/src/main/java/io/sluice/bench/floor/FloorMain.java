package io.sluice.bench.floor;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.Map;
import java.util.function.Supplier;

/** {@code FloorMain CLIENT PORT BROKERS TOPIC LINGER FORM}: CLIENT is {@code kafka} or {@code vertx}, FORM {@code json} or {@code avro}. */
public final class FloorMain {
    private FloorMain() {}

    public static void main(String[] args) throws Exception {
        int port = Integer.parseInt(args[1]);
        String topic = args[3];
        int cores = Runtime.getRuntime().availableProcessors();
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(cores));
        RecordSink sink = sink(args[0], vertx, topic, Map.of("bootstrap.servers", args[2], "linger.ms", args[4]));
        Supplier<ValueForm> form = args[5].equals("avro") ? AvroForm::new : () -> ValueForm.JSON;
        vertx.deployVerticle(
                        () -> new FloorVerticle(port, sink, form.get()), new DeploymentOptions().setInstances(cores))
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
