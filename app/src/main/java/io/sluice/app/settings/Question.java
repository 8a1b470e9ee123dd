package io.sluice.app.settings;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.ParseResult;

/** What a command line can ask for instead of a run; the first that is asked is answered. */
enum Question {
    HELP("-h"),
    VERSION("-v"),
    /** daprd's longer version. */
    BUILD_INFO,
    /** daprd's way to wait, in another process, until a sidecar can be called. */
    WAIT,
    /** As the command {@code check}. */
    DRY_RUN;

    private final List<String> shortOptions;

    Question(String... shortOptions) {
        this.shortOptions = List.of(shortOptions);
    }

    static Set<Question> in(ParseResult result) {
        Set<Question> asked = EnumSet.noneOf(Question.class);
        for (Question question : values()) {
            List<String> values = result.matchedOptionValue("--" + question.key(), List.of());
            boolean no = !values.isEmpty() && List.of("false", "0", "f").contains(values.get(values.size() - 1));
            if (result.hasMatchedOption("--" + question.key()) && !no) {
                asked.add(question);
            }
        }
        return asked;
    }

    /** The name without dashes. */
    String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** As the command line spells it. */
    List<String> options() {
        return Stream.concat(Stream.of("--" + key()), shortOptions.stream()).toList();
    }
}
