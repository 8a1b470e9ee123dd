package io.sluice.app.settings;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.Stack;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/**
 * What becomes of an option that stands alone.
 *
 * <p>An enum and no lambdas: picocli's interfaces have an old class version, and JDK 17 crashes when it is to write a lambda of
 * such an interface to a class archive.
 */
enum MissingValue implements IParameterPreprocessor {
    /** picocli tells that the value is missing. */
    TOLD {
        @Override
        boolean isMissing(Stack<String> args) {
            return false;
        }
    },
    /** It is a switch: {@code --flag}, {@code --flag=true} and {@code --flag true} are one. */
    TRUE {
        @Override
        boolean isMissing(Stack<String> args) {
            return args.isEmpty() || !TRUTH_VALUES.contains(args.peek().toLowerCase(Locale.ROOT));
        }
    },
    /** It has no effect, and is kept from taking the flag behind it for its value, or from missing one. */
    EMPTY {
        @Override
        boolean isMissing(Stack<String> args) {
            return args.isEmpty() || args.peek().startsWith("--") && CommandLineFlags.isKnown(args.peek());
        }
    };

    private static final Set<String> TRUTH_VALUES = Set.of("true", "false", "1", "0", "t", "f");

    abstract boolean isMissing(Stack<String> args);

    @Override
    public boolean preprocess(Stack<String> args, CommandSpec command, ArgSpec option, Map<String, Object> info) {
        boolean attached = "=".equals(info.get("separator"));
        if (!attached && isMissing(args)) {
            args.push(this == TRUE ? "true" : "");
        }
        return false;
    }
}
