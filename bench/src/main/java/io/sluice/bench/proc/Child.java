package io.sluice.bench.proc;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** A child process whose output goes to a file. It ends with this JVM at the latest. */
public final class Child implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(15);

    private final Process process;
    private final Path log;
    private final long startedAt = System.nanoTime();
    private final CompletableFuture<Duration> ready = new CompletableFuture<>();

    private Child(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Starts the command.
     *
     * @param readyMark text of the line by which the child says that it serves
     */
    public static Child start(List<String> command, Path log, String readyMark) throws IOException {
        Files.createDirectories(log.toAbsolutePath().getParent());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        var child = new Child(process, log);
        var copier = new Thread(() -> child.copyOutput(readyMark), "output of " + log.getFileName());
        copier.setDaemon(true);
        copier.start();
        return child;
    }

    private void copyOutput(String readyMark) {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
                var file = new PrintStream(Files.newOutputStream(log), true, StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                file.println(line);
                if (line.contains(readyMark)) {
                    ready.complete(Duration.ofNanos(System.nanoTime() - startedAt));
                }
            }
            ready.completeExceptionally(new IllegalStateException("it ended"));
        } catch (IOException e) {
            ready.completeExceptionally(e);
        }
    }

    /**
     * Waits for the line that says it serves.
     *
     * @return the time from its start to that line
     * @throws IllegalStateException naming the log, if the child ends or says nothing in time
     */
    public Duration awaitReady(Duration patience) throws InterruptedException {
        try {
            return ready.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("a child process did not become ready, see " + log, e);
        }
    }

    /** CPU time used so far, in microseconds. */
    public long cpuMicros() {
        return ProcText.cpuMicros(text("stat"));
    }

    /** The same, taken apart; exact to the microsecond but for what compiling takes. */
    public CpuTime cpuTime() {
        long work = 0;
        try (Stream<Path> threads = Files.list(proc("task"))) {
            for (Path thread : threads.toList()) {
                work += workMicros(thread);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the child process is gone, see " + log, e);
        }
        return new CpuTime(work, Math.max(0, cpuMicros() - work));
    }

    private static long workMicros(Path thread) throws IOException {
        try {
            return ProcText.isCompiler(Files.readString(thread.resolve("comm")))
                    ? 0
                    : ProcText.threadMicros(Files.readString(thread.resolve("schedstat")));
        } catch (NoSuchFileException e) {
            // It has ended meanwhile.
            return 0;
        }
    }

    public Memory memory() {
        String status = text("status");
        return new Memory(ProcText.kibibytes(status, "VmRSS"), ProcText.kibibytes(status, "VmHWM"));
    }

    private Path proc(String file) {
        return Path.of("/proc", Long.toString(process.pid()), file);
    }

    private String text(String file) {
        try {
            return Files.readString(proc(file));
        } catch (IOException e) {
            throw new UncheckedIOException("the child process is gone, see " + log, e);
        }
    }

    /** SIGTERM, then SIGKILL after a grace period. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(GRACE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
