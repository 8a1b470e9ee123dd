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

    DevArguments {
        forGateway = List.copyOf(forGateway);
    }

    /** @throws IllegalArgumentException when {@code --brokers} lacks its value */
    static DevArguments parse(String[] args) {
        String brokers = null;
        List<String> rest = new ArrayList<>();
        for (Iterator<String> words = List.of(args).iterator(); words.hasNext(); ) {
            String word = words.next();
            if (isBrokers(word)) {
                brokers = value(word, words);
            } else {
                rest.add(word);
            }
        }
        return new DevArguments(brokers, rest);
    }

    private static boolean isBrokers(String word) {
        String name = word.split("=", 2)[0];
        return name.equals("--brokers") || name.equals("-brokers");
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
