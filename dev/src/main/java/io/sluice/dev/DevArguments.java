package io.sluice.dev;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The command line of {@link SluiceDev}.
 *
 * @param brokers of a Kafka to use instead of the embedded one
 * @param forGateway everything else, as it was written
 */
record DevArguments(@Nullable String brokers, List<String> forGateway) {
    private static final List<String> ANSWERED_AT_ONCE =
            List.of("--help", "-help", "-h", "--version", "-version", "-v");

    DevArguments {
        forGateway = List.copyOf(forGateway);
    }

    /** @throws IllegalArgumentException when {@code --brokers} lacks its value */
    static DevArguments parse(String[] args) {
        String brokers = null;
        List<String> rest = new ArrayList<>();
        for (Iterator<String> words = List.of(args).iterator(); words.hasNext(); ) {
            String word = words.next();
            if (isFlag(word, "brokers")) {
                brokers = value(word, words);
            } else {
                rest.add(word);
            }
        }
        return new DevArguments(brokers, rest);
    }

    /** Whether the gateway only prints something and starts nothing. */
    boolean isQuestion() {
        return forGateway.stream().anyMatch(ANSWERED_AT_ONCE::contains);
    }

    /** Whether the gateway is told one of these flags, whatever the value. */
    boolean has(String... flags) {
        return forGateway.stream().anyMatch(word -> List.of(flags).stream().anyMatch(flag -> isFlag(word, flag)));
    }

    private static boolean isFlag(String word, String flag) {
        String name = word.split("=", 2)[0];
        return name.equals("--" + flag) || name.equals("-" + flag);
    }

    private static String value(String word, Iterator<String> following) {
        int equals = word.indexOf('=');
        String value = equals >= 0 ? word.substring(equals + 1) : following.hasNext() ? following.next() : "";
        if (value.isBlank() || (equals < 0 && value.startsWith("-"))) {
            throw new IllegalArgumentException("--brokers needs a value: HOST:PORT, several separated by commas");
        }
        return value;
    }
}
