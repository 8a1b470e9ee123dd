package io.sluice.it.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One of the shipped jars while it runs, and after. Killed when closed. */
public final class SluiceProcess implements AutoCloseable {
    /** As text, or as the object that it is with {@code --log-as-json}. */
    private static final Pattern READY = Pattern.compile(
            "(?:\\{.*\"msg\":\")?sluice ready http=127\\.0\\.0\\.1:(\\d+) grpc=127\\.0\\.0\\.1:\\d+ in \\d+"
                    + " ms(?:\".*})?");

    private static final Pattern GRPC = Pattern.compile("sluice ready http=\\S+ grpc=127\\.0\\.0\\.1:(\\d+)");

    private static final Duration START_LIMIT = Duration.ofSeconds(30);

    private final Process process;
    private final Path out;
    private final Path err;

    private SluiceProcess(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    static SluiceProcess start(Launch launch) {
        return start(launch.command(), launch.folder(), launch.environment());
    }

    /**
     * @param folder gets what the process prints
     * @param environment beside the variables of this JVM
     */
    static SluiceProcess start(List<String> command, Path folder, Map<String, String> environment) {
        Path out = folder.resolve("stdout");
        Path err = folder.resolve("stderr");
        ProcessBuilder builder = new ProcessBuilder(Interruptible.command(command))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("SLUICE_") || name.startsWith("DAPR_"));
        builder.environment().putAll(environment);
        try {
            return new SluiceProcess(builder.start(), out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for the ready line. */
    public Api awaitReady() {
        await().atMost(START_LIMIT)
                .until(() -> !process.isAlive() || out().stream().anyMatch(this::isReady));
        List<Integer> ports = out().stream()
                .map(READY::matcher)
                .filter(Matcher::matches)
                .map(ready -> Integer.valueOf(ready.group(1)))
                .toList();
        assertThat(ports).as("ready lines in %s; errors: %s", out(), err()).hasSize(1);
        return new Api(ports.get(0));
    }

    /** The port of the gRPC API of a gateway that is ready. */
    int grpcPort() {
        return out().stream()
                .map(GRPC::matcher)
                .filter(Matcher::find)
                .map(ready -> Integer.parseInt(ready.group(1)))
                .findFirst()
                .orElseThrow();
    }

    private boolean isReady(String line) {
        return READY.matcher(line).matches();
    }

    /** What it has printed on standard output so far: its log and the ready line. */
    public List<String> out() {
        return lines(out);
    }

    /** What it has printed on standard error so far: why it did not start. */
    public List<String> err() {
        return lines(err);
    }

    /** Of the process, as the system numbers them. */
    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Whether it has started processes that still run. */
    boolean hasDescendants() {
        return process.descendants().findAny().isPresent();
    }

    /** Sends SIGTERM, SIGINT and the like: {@code TERM}, {@code INT}. */
    public void signal(String name) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start();
            assertThat(kill.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(kill.exitValue()).isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The exit code, once the process is over. */
    public int awaitExit(Duration limit) {
        try {
            assertThat(process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS))
                    .as("ended within %s; output %s, errors %s", limit, out(), err())
                    .isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return process.exitValue();
    }

    /** That no event loop was blocked and no memory was missing, by the process's own account. */
    public void assertUnharmed() {
        assertThat(process.isAlive()).as("alive; errors: %s", err()).isTrue();
        assertThat(Stream.concat(out().stream(), err().stream()))
                .noneMatch(line -> line.contains("has been blocked for"))
                .noneMatch(line -> line.contains("OutOfMemoryError"));
    }

    @Override
    public void close() {
        process.destroyForcibly();
        awaitExit(Duration.ofSeconds(10));
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readString(file).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
