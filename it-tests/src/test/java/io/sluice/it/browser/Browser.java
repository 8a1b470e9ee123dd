package io.sluice.it.browser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Chromium without a window, on one page. All names that end in {@code .test} are this machine to it. */
final class Browser implements AutoCloseable {
    private static final List<String> PROGRAMS =
            List.of("chromium", "chromium-browser", "google-chrome", "chromium-headless-shell");

    private final Process process;

    private Browser(Process process) {
        this.process = process;
    }

    /** The one that {@code SLUICE_CHROMIUM} names, or one that is installed. */
    static Optional<Path> installed() {
        String named = System.getenv("SLUICE_CHROMIUM");
        if (named != null && !named.isBlank()) {
            return Optional.of(Path.of(named));
        }
        return Arrays.stream(System.getenv("PATH").split(":"))
                .flatMap(folder -> PROGRAMS.stream().map(program -> Path.of(folder, program)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** @param folder an empty one, for what it keeps and for {@code browser.log} */
    static Browser open(Path program, Path folder, String page) throws IOException {
        var command = List.of(
                program.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-default-apps",
                "--disable-sync",
                "--host-resolver-rules=MAP *.test 127.0.0.1",
                // Without it the headless shell takes a look at the page and ends.
                "--remote-debugging-port=0",
                "--user-data-dir=" + folder.resolve("profile"),
                page);
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("browser.log").toFile());
        builder.environment().put("TMPDIR", folder.toString());
        return new Browser(builder.start());
    }

    /** Ends it and all processes that it has started. */
    @Override
    public void close() {
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        process.onExit().completeOnTimeout(process, 10, TimeUnit.SECONDS).join();
    }
}
