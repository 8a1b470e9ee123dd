package io.sluice.kafka.schema.avro;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Names from data and schemas, as messages may repeat them. */
final class Names {
    private static final int LONGEST = 60;
    private static final int MOST = 10;

    private Names() {}

    /** A member's name as a part of a path. */
    static String segment(String name) {
        return isPlain(name) ? "." + name : "[" + quoted(name) + "]";
    }

    static String quoted(String name) {
        return "\"" + printable(name) + "\"";
    }

    static String printable(String name) {
        return printable(name, LONGEST);
    }

    /** Whatever is no printable ASCII, and what could end a quotation, becomes a question mark. */
    static String printable(String text, int longest) {
        var shown = new StringBuilder();
        for (int i = 0; i < Math.min(text.length(), longest); i++) {
            char c = text.charAt(i);
            shown.append(c >= ' ' && c < 0x7F && c != '"' && c != '\\' ? c : '?');
        }
        return text.length() > longest ? shown + "..." : shown.toString();
    }

    /** The branches of a union, the first few of them. */
    static String oneOf(Stream<String> names, int count) {
        String end = count > MOST ? ", ...]" : "]";
        return names.limit(MOST).collect(Collectors.joining(", ", "one of [", end));
    }

    private static boolean isPlain(String name) {
        return !name.isEmpty()
                && name.length() <= LONGEST
                && name.chars().allMatch(c -> c < 0x7F && Character.isJavaIdentifierPart(c));
    }
}
