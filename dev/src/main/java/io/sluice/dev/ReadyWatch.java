package io.sluice.dev;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Passes on what the gateway prints, and tells when its ready line has gone by. */
final class ReadyWatch extends OutputStream {
    private static final Pattern READY = Pattern.compile("sluice ready http=(\\S+) .* ms(, with TLS)?\\s*");

    private final PrintStream out;
    private final Consumer<String> onReady;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    private ReadyWatch(PrintStream out, Consumer<String> onReady) {
        this.out = out;
        this.onReady = onReady;
    }

    /** @param onReady takes the address of the HTTP API, {@code http://HOST:PORT}, in the thread that printed the line */
    static PrintStream over(PrintStream out, Consumer<String> onReady) {
        return new PrintStream(new ReadyWatch(out, onReady), true, StandardCharsets.UTF_8);
    }

    @Override
    public void write(int next) {
        line.write(next);
        if (next == '\n') {
            endLine();
        }
    }

    /** Shows also what does not end with a line break. */
    @Override
    public void close() {
        endLine();
    }

    private void endLine() {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        out.print(text);
        out.flush();
        Matcher ready = READY.matcher(text);
        if (ready.matches()) {
            onReady.accept((ready.group(2) == null ? "http://" : "https://") + ready.group(1));
        }
    }
}
