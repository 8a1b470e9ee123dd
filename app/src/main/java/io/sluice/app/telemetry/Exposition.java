package io.sluice.app.telemetry;

import io.micrometer.core.instrument.Meter;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The page that Prometheus reads, with Dapr's counters under Dapr's names.
 *
 * <p>The Prometheus client ends every counter's name in {@code _total}; Dapr's mostly do not
 * ({@code dapr_component_output_binding_count}), and dashboards ask for them as they are. So the suffix is taken off the
 * counters that were registered under a name of Dapr's without it.
 */
final class Exposition {
    private static final String DAPR = "dapr_";
    private static final String TOTAL = "_total";
    private static final String COMMENT_START = "# ";

    private Exposition() {}

    static String of(PrometheusMeterRegistry registry) {
        Set<String> unsuffixed = registry.getMeters().stream()
                .map(Meter::getId)
                .filter(id -> id.getType() == Meter.Type.COUNTER)
                .map(Meter.Id::getName)
                .filter(name -> name.startsWith(DAPR) && !name.endsWith(TOTAL))
                .collect(Collectors.toSet());
        String page = registry.scrape();
        return unsuffixed.isEmpty() ? page : corrected(page, unsuffixed);
    }

    private static String corrected(String page, Set<String> unsuffixed) {
        var text = new StringBuilder(page.length());
        page.lines().forEach(line -> {
            int start = nameStart(line);
            int end = nameEnd(line, start);
            String name = line.substring(start, end);
            boolean suffixed =
                    name.endsWith(TOTAL) && unsuffixed.contains(name.substring(0, name.length() - TOTAL.length()));
            text.append(line, 0, suffixed ? end - TOTAL.length() : end);
            text.append(line, end, line.length()).append('\n');
        });
        return text.toString();
    }

    /** A sample starts with its name; a comment with {@code # HELP} or {@code # TYPE} before it. */
    private static int nameStart(String line) {
        return line.startsWith(COMMENT_START) ? line.indexOf(' ', COMMENT_START.length()) + 1 : 0;
    }

    private static int nameEnd(String line, int start) {
        int end = start;
        while (end < line.length() && line.charAt(end) != ' ' && line.charAt(end) != '{') {
            end++;
        }
        return end;
    }
}
