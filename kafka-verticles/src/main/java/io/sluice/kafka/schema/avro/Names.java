package io.sluice.kafka.schema.avro;

/** Names from data and schemas, as messages may repeat them. */
final class Names {
    private static final int LONGEST = 60;

    private Names() {}

    /** A member's name as a part of a path. */
    static String segment(String name) {
        return isPlain(name) ? "." + name : "[" + quoted(name) + "]";
    }

    static String quoted(String name) {
        return "\"" + printable(name) + "\"";
    }

    /** Whatever is no printable ASCII, and what could end a quotation, becomes a question mark. */
    static String printable(String name) {
        var shown = new StringBuilder();
        for (int i = 0; i < Math.min(name.length(), LONGEST); i++) {
            char c = name.charAt(i);
            shown.append(c >= ' ' && c < 0x7F && c != '"' && c != '\\' ? c : '?');
        }
        return name.length() > LONGEST ? shown + "..." : shown.toString();
    }

    private static boolean isPlain(String name) {
        return !name.isEmpty()
                && name.length() <= LONGEST
                && name.chars().allMatch(c -> c < 0x7F && Character.isJavaIdentifierPart(c));
    }
}
