package io.sluice.auth.kafka;

import java.util.Map;
import java.util.TreeMap;

/**
 * Writes a JAAS configuration entry, the form in which a Kafka client takes its SASL credentials.
 *
 * <p>Values are quoted as {@link java.io.StreamTokenizer}, Kafka's reader of such entries, unquotes them: whatever a
 * password contains, it stays one password and never becomes an option of its own.
 */
final class Jaas {
    private Jaas() {}

    static String entry(Class<?> loginModule, Map<String, String> options) {
        var entry = new StringBuilder(loginModule.getName()).append(" required");
        new TreeMap<>(options)
                .forEach((name, value) ->
                        entry.append(' ').append(name).append('=').append(quote(value)));
        return entry.append(';').toString();
    }

    static String quote(String value) {
        var quoted = new StringBuilder(value.length() + 2).append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ') {
                // Three octal digits: fewer would swallow a digit that follows.
                quoted.append('\\').append(String.format("%03o", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
