package io.sluice.dev.kafka;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One broker process and the signals it can be sent. Used by one thread. */
final class ChildBroker {
    private static final List<String> JVM_FLAGS =
            List.of("-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData");

    private final BrokerNode node;
    private @Nullable Process process;

    ChildBroker(BrokerNode node) {
        this.node = node;
    }

    BrokerNode node() {
        return node;
    }

    boolean isAlive() {
        return process != null && process.isAlive();
    }

    void start() {
        if (isAlive()) {
            throw new IllegalStateException("node " + node.id() + " is running");
        }
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        List<String> command = new ArrayList<>(List.of(java.toString()));
        command.addAll(JVM_FLAGS);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(BrokerMain.class.getName(), node.propertiesFile().toString()));
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(
                            ProcessBuilder.Redirect.appendTo(node.logFile().toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start node " + node.id(), e);
        }
    }

    /** Asks with SIGTERM and waits; a broker that does not stop in time is killed. */
    void stop(Duration limit) {
        Process running = running();
        running.destroy();
        if (!awaitEnd(running, limit)) {
            kill();
        }
    }

    /** SIGKILL; returns when the process is gone. Also ends a paused broker, and does nothing to one that is not running. */
    void kill() {
        Process victim = process;
        if (victim != null) {
            victim.destroyForcibly();
            if (!awaitEnd(victim, Duration.ofSeconds(10))) {
                throw new IllegalStateException("node " + node.id() + " survived SIGKILL");
            }
        }
    }

    /** SIGSTOP: the process keeps its connections and answers nothing. */
    void pause() {
        signal("STOP");
    }

    /** SIGCONT. */
    void resume() {
        signal("CONT");
    }

    private void signal(String signal) {
        String pid = String.valueOf(running().pid());
        try {
            Process kill = new ProcessBuilder("kill", "-" + signal, pid).start();
            if (!awaitEnd(kill, Duration.ofSeconds(10)) || kill.exitValue() != 0) {
                throw new IllegalStateException("cannot send SIG" + signal + " to node " + node.id());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process running() {
        Process current = process;
        if (current == null || !current.isAlive()) {
            throw new IllegalStateException("node " + node.id() + " is not running, see " + node.logFile());
        }
        return current;
    }

    private static boolean awaitEnd(Process process, Duration limit) {
        try {
            return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
