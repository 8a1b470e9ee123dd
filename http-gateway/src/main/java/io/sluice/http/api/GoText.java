package io.sluice.http.api;

import java.time.Duration;

/** Values as Go prints them, for clients that know Dapr's answers. */
public final class GoText {
    private GoText() {}

    /** As Go's {@code time.Duration} prints it, to the millisecond: {@code 500ms}, {@code 2.5s}, {@code 1h0m5s}. */
    public static String of(Duration duration) {
        long millis = duration.toMillis();
        if (millis != 0 && Math.abs(millis) < 1000) {
            return millis + "ms";
        }
        long hours = duration.toHours();
        var text = new StringBuilder();
        if (hours > 0) {
            text.append(hours).append('h');
        }
        if (duration.toMinutes() > 0) {
            text.append(duration.toMinutesPart()).append('m');
        }
        text.append(duration.toSecondsPart());
        if (duration.toMillisPart() > 0) {
            var fraction = String.format("%03d", duration.toMillisPart());
            text.append('.').append(fraction.replaceAll("0+$", ""));
        }
        return text.append('s').toString();
    }
}
