package io.sluice.dev;

import static java.util.stream.Collectors.toSet;

import io.sluice.app.Sluice;
import io.sluice.core.binding.KafkaBinding;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Everything to try Sluice, in one program: a Kafka, the gateway on {@code examples/}, an app that shows what it gets, and a
 * consumer that shows what is written.
 *
 * <p>{@code --brokers HOST:PORT} uses that Kafka instead of the embedded one; all other flags are the gateway's. What neither
 * its flags nor its environment nor its file say is {@code --app-id sluice-demo}, {@code --resources-path} of the examples and
 * {@code --app-port} of the demo's app; component files find Kafka's address in the environment variable
 * {@code KAFKA_BROKERS}.
 */
public final class SluiceDev {
    private final DevGateway gateway;
    private final Map<String, String> environment;
    private final Folders folders;
    private final PrintStream out;

    SluiceDev(DevGateway gateway, Map<String, String> environment, Folders folders, PrintStream out) {
        this.gateway = gateway;
        this.environment = Map.copyOf(environment);
        this.folders = folders;
        this.out = out;
    }

    public static void main(String[] args) {
        BrokerLogging.quiet();
        System.exit(new SluiceDev(Sluice::run, System.getenv(), Folders.find(), System.out).run(args));
    }

    /** Runs until the gateway is stopped, by a signal or over its API; the gateway ends first, Kafka last. */
    int run(String[] args) {
        try {
            return run(DevArguments.parse(args));
        } catch (IllegalArgumentException e) {
            out.println("sluice-dev: " + e.getMessage());
            return 2;
        } catch (IllegalStateException | UncheckedIOException e) {
            out.println("sluice-dev: " + e.getMessage());
            return 1;
        }
    }

    private int run(DevArguments arguments) {
        String[] args = arguments.forGateway().toArray(String[]::new);
        Optional<GatewayDefaults> defaults = GatewayDefaults.find(arguments.forGateway(), environment);
        if (defaults.isEmpty()) {
            return gateway.run(args, environment, out, ready -> {});
        }
        if (defaults.get().examples()) {
            folders.provideExamples();
        }
        try (DevKafka kafka = kafka(arguments, defaults.get());
                DemoApp app = needsApp(arguments, defaults.get()) ? DemoApp.start(out) : null) {
            return run(args, kafka, app, defaults.get());
        }
    }

    private int run(String[] args, DevKafka kafka, @Nullable DemoApp app, GatewayDefaults defaults) {
        var welcome =
                new Welcome(kafka.bootstrapServers() + " (" + kafka.origin() + ")", appText(app, defaults), hasToken());
        var extended = defaults.environment(kafka.bootstrapServers(), folders.components(), app);
        try (TopicPrinter printer = new TopicPrinter(kafka.bootstrapServers(), out)) {
            return gateway.run(args, extended, out, ready -> {
                printer.start(() -> topics(ready.bindings().get()));
                out.println(welcome.text(ready));
            });
        }
    }

    private DevKafka kafka(DevArguments arguments, GatewayDefaults defaults) {
        Map<String, Integer> topics = defaults.examples() ? Examples.TOPICS : Map.of();
        return arguments.brokers() == null
                ? DevKafka.embedded(folders.kafka(), topics)
                : DevKafka.external(arguments.brokers(), topics);
    }

    /** Ours acknowledges whatever it gets, so it must not get the records of components and a Kafka that are both not ours. */
    private static boolean needsApp(DevArguments arguments, GatewayDefaults defaults) {
        return !defaults.hasApp() && (defaults.examples() || arguments.brokers() == null);
    }

    private static String appText(@Nullable DemoApp app, GatewayDefaults defaults) {
        if (app != null) {
            return "http://127.0.0.1:" + app.port() + " (it shows what it gets; --app-port PORT uses your own)";
        }
        return defaults.hasApp() ? "yours" : "none: nothing is delivered without --app-port";
    }

    /** Every topic that the gateway writes to or reads. */
    private static Set<String> topics(Collection<KafkaBinding> bindings) {
        return bindings.stream()
                .flatMap(binding -> Stream.concat(
                        Stream.of(binding.publishTopic(), binding.delivery().deadLetterTopic()),
                        binding.topics().stream()))
                .filter(Objects::nonNull)
                .collect(toSet());
    }

    private boolean hasToken() {
        return !environment.getOrDefault("DAPR_API_TOKEN", "").isBlank();
    }
}
