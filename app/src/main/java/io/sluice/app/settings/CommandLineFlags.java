package io.sluice.app.settings;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Stack;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The command line as picocli sees it: every {@link Flag}, daprd's other flags, {@code --help} and {@code --version}. */
final class CommandLineFlags {
    static final String HELP = "--help";
    static final String VERSION = "--version";

    private CommandLineFlags() {}

    /**
     * What the command line says.
     *
     * @param ignored daprd's flags that have no effect here, with dashes
     */
    record Parsed(Map<Flag, Given> given, List<String> ignored, List<String> problems, boolean help, boolean version) {}

    static Parsed parse(List<String> args) {
        ParseResult result = parser().parseArgs(
                        args.stream().map(CommandLineFlags::withTwoDashes).toArray(String[]::new));
        var given = new EnumMap<Flag, Given>(Flag.class);
        for (Flag flag : Flag.values()) {
            List<String> values = result.matchedOptionValue(flag.option(), List.of());
            if (!values.isEmpty()) {
                given.put(flag, new Given(flag.option(), values));
            }
        }
        List<String> ignored = IgnoredFlags.KEYS.stream()
                .map(key -> "--" + key)
                .filter(result::hasMatchedOption)
                .toList();
        return new Parsed(
                given, ignored, problems(result), result.hasMatchedOption(HELP), result.hasMatchedOption(VERSION));
    }

    private static CommandLine parser() {
        var spec = CommandSpec.create().name("sluice");
        for (Flag flag : Flag.values()) {
            String[] names = flag.keys().stream().map(key -> "--" + key).toArray(String[]::new);
            spec.addOption(option(names, flag.kind() == FlagKind.SWITCH));
        }
        for (String key : IgnoredFlags.KEYS) {
            spec.addOption(option(new String[] {"--" + key}, true));
        }
        spec.addOption(option(new String[] {HELP, "-h"}, true));
        spec.addOption(option(new String[] {VERSION, "-v"}, true));
        spec.parser().collectErrors(true);
        return new CommandLine(spec)
                .setUnmatchedArgumentsAllowed(true)
                .setPosixClusteredShortOptionsAllowed(false)
                .setExpandAtFiles(false);
    }

    /** An option whose values are kept as they are, all of them. */
    private static OptionSpec option(String[] names, boolean valueOptional) {
        var option = OptionSpec.builder(names)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("1");
        return valueOptional ? option.preprocessor(CommandLineFlags::addTrue).build() : option.build();
    }

    /** Gives a switch that stands alone its value, so that {@code --flag}, {@code --flag=true} and {@code --flag true} are one. */
    private static boolean addTrue(Stack<String> args, CommandSpec command, ArgSpec flag, Map<String, Object> info) {
        if (args.isEmpty() || args.peek().startsWith("-")) {
            args.push("true");
        }
        return false;
    }

    /** Go's flags take one dash or two. */
    private static String withTwoDashes(String arg) {
        if (!arg.startsWith("-") || arg.startsWith("--")) {
            return arg;
        }
        return allKeys().contains(keyOf(arg)) ? "-" + arg : arg;
    }

    private static List<String> problems(ParseResult result) {
        var problems = new ArrayList<String>();
        result.errors().stream()
                .filter(error -> !(error instanceof CommandLine.UnmatchedArgumentException))
                .forEach(error -> problems.add(error.getMessage()));
        boolean afterUnknownFlag = false;
        for (String arg : result.unmatched()) {
            if (arg.startsWith("-")) {
                problems.add(unknown(arg));
            } else if (!afterUnknownFlag) {
                problems.add(arg + ": not a flag (every setting is a flag, see " + HELP + ")");
            }
            // What follows an unknown flag is most likely its value: one mistake, one line.
            afterUnknownFlag = arg.startsWith("-") && arg.indexOf('=') < 0;
        }
        return problems;
    }

    private static String unknown(String arg) {
        String key = keyOf(arg);
        return "--" + key + ": unknown flag ("
                + Misspelt.suggestion(key, allKeys())
                        .map(near -> "did you mean --" + near + "?")
                        .orElse("see " + HELP)
                + ")";
    }

    private static String keyOf(String arg) {
        String key = arg.replaceFirst("^-+", "");
        int equals = key.indexOf('=');
        return equals < 0 ? key : key.substring(0, equals);
    }

    private static List<String> allKeys() {
        var own = Stream.of(Flag.values()).flatMap(flag -> flag.keys().stream());
        return Stream.of(own, IgnoredFlags.KEYS.stream(), Stream.of("help", "version"))
                .flatMap(keys -> keys)
                .toList();
    }
}
