package io.sluice.it.silence;

import io.sluice.it.gateway.TestGateway;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.DoublePredicate;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/** What one gateway says of itself at one moment. */
final class Watched {
    private static final Executor CALLS = Executors.newCachedThreadPool(work -> {
        var thread = new Thread(work, "watch");
        thread.setDaemon(true);
        return thread;
    });

    private final int status;
    private final JsonObject targets;
    private final String metrics;
    private final JsonObject partitions;

    private Watched(int status, JsonObject targets, String metrics, JsonObject partitions) {
        this.status = status;
        this.targets = targets;
        this.metrics = metrics;
        this.partitions = partitions;
    }

    /** Without what it says of partitions. */
    static Watched now(TestGateway gateway) {
        HttpResponse<String> health = gateway.get("/v1.0-sluice/health");
        JsonObject targets = new JsonObject(health.body()).getJsonObject("targets");
        return new Watched(health.statusCode(), targets, gateway.metrics(), new JsonObject());
    }

    /** What it says of the partitions of a binding, which may take as long as Kafka does. */
    static CompletableFuture<JsonObject> partitions(TestGateway gateway, String binding) {
        return CompletableFuture.supplyAsync(
                () -> new JsonObject(gateway.get("/v1.0-sluice/bindings/" + binding + "/partitions")
                        .body()),
                CALLS);
    }

    Watched with(JsonObject shown) {
        return new Watched(status, targets, metrics, shown);
    }

    /** Whether anything is not as it should be, in the eyes of whoever only looks at the status. */
    boolean isUnhealthy() {
        return status == 503;
    }

    /** Why a target is not ready; empty when it is, null when there is none. */
    @Nullable
    String trouble(String target) {
        JsonObject state = targets.getJsonObject(target);
        if (state == null) {
            return null;
        }
        return state.getBoolean("ready") ? "" : state.getString("detail");
    }

    /** The gauge of a target, -1 when there is none. */
    double gauge(String target) {
        return lines("sluice_health", "target=\"" + target + "\"").findFirst().orElse(-1);
    }

    /** Whether there are samples of that name that have the label, and are so in sum. */
    boolean sum(String name, String label, DoublePredicate wanted) {
        return lines(name, label).findAny().isPresent()
                && wanted.test(lines(name, label).sum());
    }

    private DoubleStream lines(String name, String label) {
        return metrics.lines()
                .filter(line -> line.startsWith(name + "{") && line.contains(label))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)));
    }

    JsonObject partitions() {
        return partitions;
    }

    /** Why nothing of the binding is delivered. */
    String notDelivering() {
        return String.valueOf(partitions.getJsonArray("notDelivering"));
    }

    /** The first partition of the binding, empty when there is none. */
    JsonObject partition() {
        JsonArray all = partitions.getJsonArray("partitions", new JsonArray());
        return all.isEmpty() ? new JsonObject() : all.getJsonObject(0);
    }

    /** The stage of the record that holds back the commit, empty when there is none. */
    String stage() {
        JsonObject oldest = partition().getJsonObject("oldestUnsettled");
        return oldest == null ? "" : oldest.getString("stage");
    }
}
