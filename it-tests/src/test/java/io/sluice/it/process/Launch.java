package io.sluice.it.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A command line for one of the shipped jars.
 *
 * @param wrapper a command that runs the rest, none if empty
 * @param folder an own one, for component files and what the process prints
 * @param environment beside the variables of this JVM
 */
public record Launch(
        List<String> wrapper,
        Path jar,
        Path folder,
        Map<String, String> environment,
        List<String> jvmFlags,
        List<String> arguments) {
    private static final Path GATEWAY = Path.of("..", "app", "target", "sluice.jar");
    private static final Path DEV = Path.of("..", "dev", "target", "sluice-dev.jar");
    /** Small, so that memory without a bound is noticed; the client's buffer of 64 MB has to fit. */
    private static final List<String> SMALL =
            List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData");

    public Launch {
        wrapper = List.copyOf(wrapper);
        environment = Map.copyOf(environment);
        jvmFlags = List.copyOf(jvmFlags);
        arguments = List.copyOf(arguments);
    }

    /** {@code sluice.jar} without a flag. */
    public static Launch bare() {
        Launch launch = of(GATEWAY);
        return launch.withJvmFlags(ClassArchive.flags(launch));
    }

    /** {@code sluice.jar} on free ports, with these component files. */
    public static Launch gateway(String... components) {
        return bare().withComponents(components);
    }

    /** {@code sluice-dev.jar} on free ports. */
    public static Launch dev() {
        return of(DEV).onFreePorts();
    }

    /** As {@link #dev()}, with a copy of the jar in {@code place}, and started there. */
    static Launch dev(Path place) throws IOException {
        Launch here = dev();
        Path copy = Files.copy(DEV, place.resolve(DEV.getFileName()));
        return new Launch(here.wrapper, copy, here.folder, here.environment, here.jvmFlags, here.arguments)
                .withJvmFlags(List.of("-Duser.dir=" + place));
    }

    public Launch and(String... more) {
        List<String> all = Stream.concat(arguments.stream(), Stream.of(more)).toList();
        return new Launch(wrapper, jar, folder, environment, jvmFlags, all);
    }

    public Launch with(String variable, String value) {
        Map<String, String> extended = new HashMap<>(environment);
        extended.put(variable, value);
        return new Launch(wrapper, jar, folder, extended, jvmFlags, arguments);
    }

    Launch in(Path other) {
        return new Launch(wrapper, jar, other, environment, jvmFlags, arguments);
    }

    /** The process may have so many files and connections open. */
    public Launch withHandles(int most) {
        List<String> limited = List.of("prlimit", "--nofile=" + most + ":" + most);
        return new Launch(limited, jar, folder, environment, jvmFlags, arguments);
    }

    public Launch withJvmFlags(List<String> more) {
        List<String> all = Stream.concat(jvmFlags.stream(), more.stream()).toList();
        return new Launch(wrapper, jar, folder, environment, all, arguments);
    }

    /** On free ports, with these component files. */
    Launch withComponents(String... components) {
        Path resources = folder.resolve("components");
        write(resources, components);
        return and("--app-id", "it").onFreePorts().and("--resources-path", resources.toString());
    }

    public SluiceProcess start() {
        return SluiceProcess.start(this);
    }

    List<String> command() {
        List<String> command = new ArrayList<>(wrapper);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmFlags);
        command.addAll(List.of("-jar", jar.toString()));
        command.addAll(arguments);
        return command;
    }

    private Launch onFreePorts() {
        return and("--dapr-http-port=0", "--dapr-grpc-port=0", "--metrics-port=0");
    }

    private static Launch of(Path jar) {
        if (!Files.exists(jar)) {
            throw new IllegalStateException(jar + " is missing: build the whole project, with its packages");
        }
        try {
            Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target", "processes")), "run-");
            return new Launch(List.of(), jar, folder, Map.of(), SMALL, List.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path folder, String... components) {
        try {
            Files.createDirectories(folder);
            for (int i = 0; i < components.length; i++) {
                Files.writeString(folder.resolve("component-" + (i + 1) + ".yaml"), components[i]);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
