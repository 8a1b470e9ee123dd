package io.sluice.bench.proc;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Command lines of child JVMs, of the same Java as this one. */
public final class Jvm {
    private Jvm() {}

    /** {@code java FLAGS -cp (this JVM's class path) MAIN ARGS}. */
    public static List<String> main(List<String> flags, String mainClass, List<String> args) {
        var command = java(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
        command.addAll(args);
        return command;
    }

    /** {@code java FLAGS -jar JAR ARGS}. */
    public static List<String> jar(List<String> flags, Path jar, List<String> args) {
        var command = java(flags);
        command.addAll(List.of("-jar", jar.toString()));
        command.addAll(args);
        return command;
    }

    /** A port of the loopback interface that was free a moment ago. */
    public static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static List<String> java(List<String> flags) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        return command;
    }
}
