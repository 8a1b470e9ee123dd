package io.sluice.bench;

import io.sluice.bench.floor.FloorMain;
import io.sluice.bench.proc.Child;
import io.sluice.bench.proc.Jvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A program that can be put under test; a process of its own. */
sealed interface Program permits Program.Floor, Program.Gateway, AvroProgram, DeliveringProgram {
    String READY = "ready http=";

    String name();

    /** The command line of this program, which is to listen on the port and write to the topic. */
    List<String> command(Site site) throws IOException;

    /**
     * Starts it.
     *
     * @return not yet ready
     */
    default Child start(Site site) throws IOException {
        return Child.start(command(site), Path.of(site.stem() + ".log"), READY);
    }

    /**
     * What a program is started on.
     *
     * @param stem begins the names of the files that belong to this start
     */
    record Site(String brokers, String topic, int port, List<String> jvmFlags, Path stem) {}

    /**
     * The floor.
     *
     * @param client {@code kafka} or {@code vertx}
     * @param lingerMillis the producer's {@code linger.ms}
     */
    record Floor(String client, int lingerMillis) implements Program {
        @Override
        public String name() {
            return "floor" + (client.equals("kafka") ? "" : " " + client) + " linger=" + lingerMillis;
        }

        @Override
        public List<String> command(Site site) {
            return Jvm.main(site.jvmFlags(), FloorMain.class.getName(), args(client, site, lingerMillis, "json"));
        }

        static List<String> args(String client, Site site, int lingerMillis, String form) {
            return List.of(
                    client,
                    Integer.toString(site.port()),
                    site.brokers(),
                    site.topic(),
                    Integer.toString(lingerMillis),
                    form);
        }
    }

    /** The gateway from its fat jar, with its shipped defaults. */
    record Gateway(Path jar) implements Program {
        static final String NAME = "gateway";

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public List<String> command(Site site) throws IOException {
            return command(jar, site, component(site), List.of());
        }

        /** The command line of a gateway with one component file and further flags. */
        static List<String> command(Path jar, Site site, String component, List<String> flags) throws IOException {
            if (!Files.isRegularFile(jar)) {
                throw new NoSuchFileException(jar.toString(), null, "the gateway's jar");
            }
            Path components = Files.createDirectories(Path.of(site.stem() + "-components"));
            Files.writeString(components.resolve("bench.yaml"), component);
            var args = new ArrayList<>(List.of(
                    "--app-id", "bench",
                    "--resources-path", components.toString(),
                    "--dapr-http-port", Integer.toString(site.port()),
                    "--dapr-grpc-port", "0",
                    "--metrics-port", Integer.toString(Jvm.freePort())));
            args.addAll(flags);
            return Jvm.jar(site.jvmFlags(), jar, args);
        }

        static String component(Site site) {
            return """
                    apiVersion: dapr.io/v1alpha1
                    kind: Component
                    metadata:
                      name: bench
                    spec:
                      type: bindings.kafka
                      version: v1
                      metadata:
                        - name: brokers
                          value: "%s"
                        - name: publishTopic
                          value: "%s"
                        - name: authType
                          value: "none"
                        - name: direction
                          value: "output"
                    """.formatted(site.brokers(), site.topic());
        }
    }
}
