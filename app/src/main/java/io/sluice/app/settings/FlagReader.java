package io.sluice.app.settings;

import io.sluice.app.settings.Invocation.FlagText;
import io.sluice.core.component.field.GoDuration;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Flags as typed values. A wrong one is noted and read as its default, so that every mistake is found in one go. */
final class FlagReader {
    static final int LAST_PORT = 65_535;

    private static final Pattern HOST = Pattern.compile("[\\p{Alnum}.:_%-]+");

    private final Map<Flag, Given> given = new EnumMap<>(Flag.class);
    private final List<String> problems = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    /** Adds what {@code source} gives and no earlier source gave. */
    void addWeaker(Map<Flag, Given> source) {
        source.forEach(given::putIfAbsent);
    }

    /** Whether some source gives it a value. */
    boolean isGiven(Flag flag) {
        Given source = given.get(flag);
        return source != null && source.values().stream().anyMatch(value -> !value.isBlank());
    }

    /** Everything found wrong so far. */
    List<String> problems() {
        return problems;
    }

    /** Everything found that is allowed, but most likely not meant. */
    List<String> warnings() {
        return warnings;
    }

    /** Every flag that has a value. */
    List<FlagText> texts() {
        return Stream.of(Flag.values())
                .map(flag -> new FlagText(
                        flag.option(),
                        flag.kind() == FlagKind.LIST
                                ? String.join(", ", list(flag))
                                : text(flag).orElse(""),
                        given.containsKey(flag) ? origin(flag) : "default"))
                .filter(text -> !text.value().isEmpty())
                .toList();
    }

    /** Notes that the value of {@code flag} is wrong. */
    void reject(Flag flag, String problem) {
        problems.add(origin(flag) + ": " + problem);
    }

    /** Notes that the value of {@code flag} does not do what it seems to. */
    void warn(Flag flag, String warning) {
        warnings.add(origin(flag) + ": " + warning);
    }

    private String origin(Flag flag) {
        Given source = given.get(flag);
        return source == null ? flag.option() : source.origin();
    }

    /** Notes a mistake of a source as a whole. */
    void addProblems(List<String> more) {
        problems.addAll(more);
    }

    /** The value, the last one if there are several; empty when there is neither a value nor a default. */
    Optional<String> text(Flag flag) {
        Given source = given.get(flag);
        String value = source == null
                ? ""
                : source.values().get(source.values().size() - 1).strip();
        return Optional.of(value.isEmpty() ? flag.defaultValue() : value).filter(text -> !text.isEmpty());
    }

    /** All values, those separated by commas too. */
    List<String> list(Flag flag) {
        Given source = given.get(flag);
        List<String> values = source == null ? List.of() : split(source.values().stream());
        return values.isEmpty() ? split(Stream.of(flag.defaultValue())) : values;
    }

    boolean isOn(Flag flag) {
        String value = text(flag).orElse("").toLowerCase(Locale.ROOT);
        return switch (value) {
            case "true", "1", "t" -> true;
            case "false", "0", "f" -> false;
            default -> {
                reject(flag, quoted(value) + " is neither true nor false (true, false)");
                yield Boolean.parseBoolean(flag.defaultValue());
            }
        };
    }

    /** A port; 0 has a meaning of its own. */
    int port(Flag flag) {
        return integer(flag, 0, LAST_PORT);
    }

    /** A whole number of the range, 0 when there is none. */
    int integer(Flag flag, int least, int most) {
        String value = text(flag).orElse("0");
        try {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below, as for a number out of range
        }
        reject(flag, quoted(value) + " is not a number of the range (" + range(least, most) + ")");
        return flag.defaultValue().isEmpty() ? 0 : Integer.parseInt(flag.defaultValue());
    }

    private static String range(int least, int most) {
        if (least == Integer.MIN_VALUE) {
            return most == Integer.MAX_VALUE ? "any whole number" : most + " or less";
        }
        return most == Integer.MAX_VALUE ? least + " or more" : least + " to " + most;
    }

    /** A whole number above zero; whatever is below that means the default. */
    int positive(Flag flag, int most) {
        int number = integer(flag, Integer.MIN_VALUE, most);
        return number > 0 ? number : Integer.parseInt(flag.defaultValue());
    }

    /** A duration of any sign, zero when there is none. */
    Duration duration(Flag flag) {
        String value = text(flag).orElse("0s");
        return GoDuration.parse(value, ChronoUnit.SECONDS).orElseGet(() -> {
            reject(flag, quoted(value) + " is not a duration (such as 500ms, 3s, 1m30s)");
            return Duration.ZERO;
        });
    }

    Duration defaultDuration(Flag flag) {
        return GoDuration.parse(flag.defaultValue(), ChronoUnit.SECONDS).orElseThrow();
    }

    /** A number of bytes; what one below zero means is the flag's matter. */
    long quantity(Flag flag) {
        String value = text(flag).orElse("0");
        return Quantity.parse(value).orElseGet(() -> {
            reject(flag, quoted(value) + " is not a size (bytes, or a quantity such as 4Mi or 10M)");
            return 0L;
        });
    }

    /** A host name or address; IPv6 may come in brackets. */
    String host(Flag flag) {
        return host(flag, text(flag).orElse(""));
    }

    /** All host names or addresses, each once. */
    List<String> hosts(Flag flag) {
        return list(flag).stream().map(text -> host(flag, text)).distinct().toList();
    }

    private String host(Flag flag, String text) {
        String host = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
        if (!HOST.matcher(host).matches()) {
            reject(flag, "not a host name or address (such as 127.0.0.1, ::1, localhost)");
        }
        return host;
    }

    /** The constant that is spelled so, whatever the case. */
    <E extends Enum<E>> E choice(Flag flag, Class<E> type) {
        String value = text(flag).orElse("");
        return constant(type, value).orElseGet(() -> {
            String allowed = Arrays.stream(type.getEnumConstants())
                    .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(", "));
            reject(flag, quoted(value) + " is not known (" + allowed + ")");
            return constant(type, flag.defaultValue()).orElseThrow();
        });
    }

    private static <E extends Enum<E>> Optional<E> constant(Class<E> type, String name) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equalsIgnoreCase(name))
                .findFirst();
    }

    private static List<String> split(Stream<String> values) {
        return values.flatMap(value -> Stream.of(value.split(",")))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .toList();
    }

    private static String quoted(String value) {
        return '"' + value.replaceAll("\\p{Cntrl}", "?") + '"';
    }
}
