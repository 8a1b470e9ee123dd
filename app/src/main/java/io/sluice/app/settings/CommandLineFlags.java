package io.sluice.app.settings;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The command line as picocli sees it: every {@link Flag}, daprd's other flags, and what is asked instead of a run. */
final class CommandLineFlags {
    static final String HELP = "--help";

    /** As daprd, and as Go's flags in general: what follows is no flag. */
    private static final String END_OF_FLAGS = "--";

    private CommandLineFlags() {}

    /**
     * What the command line says.
     *
     * @param ignored daprd's flags that have no effect here, with their last value
     * @param stray arguments that belong to no flag
     * @param questions what is asked, with dashes, instead of a run
     */
    record Parsed(
            Map<Flag, Given> given,
            Map<IgnoredFlag, String> ignored,
            List<String> stray,
            List<String> problems,
            Set<Question> questions) {

        boolean asks(Question question) {
            return questions.contains(question);
        }
    }

    static Parsed parse(List<String> args) {
        int end = args.contains(END_OF_FLAGS) ? args.indexOf(END_OF_FLAGS) : args.size();
        ParseResult result = parser().parseArgs(args.stream()
                .limit(end)
                .map(CommandLineFlags::withTwoDashes)
                .toArray(String[]::new));
        var given = new EnumMap<Flag, Given>(Flag.class);
        for (Flag flag : Flag.values()) {
            List<String> values = result.matchedOptionValue(flag.option(), List.of());
            if (!values.isEmpty()) {
                given.put(flag, new Given(flag.option(), values));
            }
        }
        var problems = new ArrayList<String>();
        var stray = new ArrayList<String>();
        result.errors().stream()
                .filter(error -> !(error instanceof CommandLine.UnmatchedArgumentException))
                .forEach(error -> problems.add(error.getMessage()));
        sort(result.unmatched(), problems, stray);
        args.stream().skip(end + 1L).forEach(stray::add);
        return new Parsed(given, ignored(result), stray, problems, Question.in(result));
    }

    private static Map<IgnoredFlag, String> ignored(ParseResult result) {
        var ignored = new EnumMap<IgnoredFlag, String>(IgnoredFlag.class);
        for (IgnoredFlag flag : IgnoredFlag.values()) {
            if (result.hasMatchedOption(flag.option())) {
                List<String> values = result.matchedOptionValue(flag.option(), List.of());
                ignored.put(flag, values.isEmpty() ? "" : values.get(values.size() - 1));
            }
        }
        return ignored;
    }

    private static CommandLine parser() {
        var spec = CommandSpec.create().name("sluice");
        for (Flag flag : Flag.values()) {
            String[] names = flag.keys().stream().map(key -> "--" + key).toArray(String[]::new);
            spec.addOption(
                    flag.kind() == FlagKind.SWITCH
                            ? option(MissingValue.TRUE, names)
                            : option(MissingValue.TOLD, names));
        }
        for (IgnoredFlag flag : IgnoredFlag.values()) {
            spec.addOption(
                    flag.kind() == FlagKind.SWITCH
                            ? option(MissingValue.TRUE, flag.option())
                            : option(MissingValue.EMPTY, flag.option()));
        }
        for (Question question : Question.values()) {
            spec.addOption(option(MissingValue.TRUE, question.options().toArray(String[]::new)));
        }
        spec.parser().collectErrors(true);
        return new CommandLine(spec)
                .setUnmatchedArgumentsAllowed(true)
                .setPosixClusteredShortOptionsAllowed(false)
                .setExpandAtFiles(false);
    }

    /** An option whose values are kept as they are, all of them. */
    private static OptionSpec option(IParameterPreprocessor preprocessor, String... names) {
        return OptionSpec.builder(names)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("1")
                .preprocessor(preprocessor)
                .build();
    }

    /** Go's flags take one dash or two. */
    private static String withTwoDashes(String arg) {
        if (!arg.startsWith("-") || arg.startsWith("--")) {
            return arg;
        }
        return isKnown(arg) ? "-" + arg : arg;
    }

    private static void sort(List<String> unmatched, List<String> problems, List<String> stray) {
        boolean afterUnknownFlag = false;
        for (String arg : unmatched) {
            if (arg.startsWith("-")) {
                problems.add(unknown(arg));
            } else if (!afterUnknownFlag && !arg.isBlank()) {
                stray.add(arg);
            }
            // What follows an unknown flag is most likely its value: one mistake, one line.
            afterUnknownFlag = arg.startsWith("-") && arg.indexOf('=') < 0;
        }
    }

    private static String unknown(String arg) {
        String key = keyOf(arg);
        return "--" + key + ": unknown flag ("
                + Misspelt.suggestion(key, allKeys())
                        .map(near -> "did you mean --" + near + "?")
                        .orElse("see " + HELP)
                + ")";
    }

    static boolean isKnown(String arg) {
        return allKeys().contains(keyOf(arg));
    }

    private static String keyOf(String arg) {
        String key = arg.replaceFirst("^-+", "");
        int equals = key.indexOf('=');
        return equals < 0 ? key : key.substring(0, equals);
    }

    private static List<String> allKeys() {
        return Stream.of(
                        Stream.of(Flag.values()).flatMap(flag -> flag.keys().stream()),
                        Stream.of(IgnoredFlag.values()).map(IgnoredFlag::key),
                        Stream.of(Question.values()).map(Question::key))
                .flatMap(keys -> keys)
                .toList();
    }
}
