package io.sluice.http.deliver;

import java.util.regex.Pattern;

/** What went wrong on the way to the app, in words that can be logged. */
final class Causes {
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
    private static final int LONGEST = 200;

    private Causes() {}

    /** One short line: a parser's message may quote what the app sent. */
    static String text(Throwable cause) {
        var message = cause.getMessage();
        if (message == null || message.isBlank()) {
            return cause.getClass().getSimpleName();
        }
        return line(message);
    }

    /** The begin of a text that somebody else wrote, in one line. */
    static String line(String text) {
        var line = CONTROL.matcher(text).replaceAll(" ");
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
    }
}
