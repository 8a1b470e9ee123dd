package io.sluice.dev;

import io.sluice.app.Sluice;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Everything to try Sluice, in one program: a Kafka, a demo that shows what arrives in it, and the gateway on
 * {@code examples/}.
 *
 * <p>{@code --brokers HOST:PORT} uses that Kafka instead of the embedded one; all other flags are the gateway's. Its
 * settings not given by flag or environment are {@code --app-id sluice-demo} and {@code --resources-path
 * examples/components}; component files find Kafka's address in the environment variable {@code KAFKA_BROKERS}.
 */
public final class SluiceDev {
    private final DevGateway gateway;
    private final Map<String, String> environment;
    private final Path folder;
    private final PrintStream out;

    SluiceDev(DevGateway gateway, Map<String, String> environment, Path folder, PrintStream out) {
        this.gateway = gateway;
        this.environment = Map.copyOf(environment);
        this.folder = folder;
        this.out = out;
    }

    public static void main(String[] args) {
        System.exit(new SluiceDev(Sluice::run, System.getenv(), Examples.kafkaFolder(), System.out).run(args));
    }

    /** Runs until the gateway is stopped, by a signal or over its API; the gateway ends first, Kafka last. */
    int run(String[] args) {
        try {
            DevArguments arguments = DevArguments.parse(args);
            return arguments.isQuestion() ? gateway.run(args, environment, out) : runWithKafka(arguments);
        } catch (IllegalArgumentException e) {
            out.println("sluice-dev: " + e.getMessage());
            return 2;
        } catch (IllegalStateException e) {
            out.println("sluice-dev: " + e.getMessage());
            return 1;
        }
    }

    private int runWithKafka(DevArguments arguments) {
        try (DevKafka kafka = DevKafka.open(arguments.brokers(), folder);
                Demo demo = Demo.open(kafka.bootstrapServers(), Examples.TOPICS.keySet(), out)) {
            demo.start();
            Welcome welcome = new Welcome(kafka, hasOwnComponents(arguments), environment);
            PrintStream watched = ReadyWatch.over(out, base -> out.println(welcome.text(base)));
            return gateway.run(arguments.forGateway().toArray(String[]::new), gatewayEnvironment(kafka), watched);
        }
    }

    private boolean hasOwnComponents(DevArguments arguments) {
        return arguments.has("resources-path", "components-path") || environment.containsKey("SLUICE_RESOURCES_PATH");
    }

    private Map<String, String> gatewayEnvironment(DevKafka kafka) {
        Map<String, String> extended = new HashMap<>(environment);
        extended.putIfAbsent("SLUICE_APP_ID", "sluice-demo");
        extended.putIfAbsent("SLUICE_RESOURCES_PATH", Examples.components().toString());
        extended.put("KAFKA_BROKERS", kafka.bootstrapServers());
        return extended;
    }
}
