package io.sluice.core.component.field;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.sluice.core.binding.KafkaVersion;
import io.sluice.core.binding.Secret;
import java.net.URI;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The types that fields have. Everything but plain text and secrets is trimmed before it is parsed. */
public final class FieldTypes {
    private static final String NO_CONTROL_CHARACTERS = "must be text without control characters";

    private FieldTypes() {}

    public static FieldType<String> text() {
        return open("text", NO_CONTROL_CHARACTERS, FieldTypes::printable);
    }

    /** A text that is never shown. Control characters could break out of where a password is embedded. */
    public static FieldType<Secret> secret() {
        return new FieldType<>("text, secret", NO_CONTROL_CHARACTERS, true, text -> printable(text)
                .map(Secret::new));
    }

    /** Kubernetes' and Go's truth values, without Dapr's reading of every other text as false. */
    public static FieldType<Boolean> bool() {
        return trimmed("boolean", "must be true or false, yes or no, on or off, y or n, t or f, 1 or 0", text -> {
            return switch (text.toLowerCase(Locale.ROOT)) {
                case "y", "yes", "true", "t", "on", "1" -> Optional.of(true);
                case "n", "no", "false", "f", "off", "0" -> Optional.of(false);
                default -> Optional.empty();
            };
        });
    }

    /** A whole number that is {@code least} or more. */
    public static FieldType<Integer> integer(int least) {
        String allowed = least == Integer.MIN_VALUE ? "must be a whole number" : "must be >= " + least;
        return trimmed("integer", allowed, text -> GoInteger.parse(text)
                .filter(number -> number >= least && number <= Integer.MAX_VALUE)
                .map(Long::intValue));
    }

    public static FieldType<Double> decimal(double least, double most) {
        String allowed = "must be a number >= " + least + (most < Double.MAX_VALUE ? " and <= " + most : "");
        return trimmed("number", allowed, text -> {
            try {
                return Optional.of(Double.valueOf(text)).filter(number -> number >= least && number <= most);
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
        });
    }

    /** A Go duration of any sign; {@code bareUnit} is what a whole number without a unit counts. */
    public static FieldType<Duration> duration(ChronoUnit bareUnit) {
        return duration(bareUnit, Duration.ofSeconds(Long.MIN_VALUE), "");
    }

    /** A Go duration that is {@code least} or more. */
    public static FieldType<Duration> duration(ChronoUnit bareUnit, Duration least) {
        String limit = least.isZero() ? " that is not negative" : " of " + least.toMillis() + "ms or more";
        return duration(bareUnit, least, limit);
    }

    private static FieldType<Duration> duration(ChronoUnit bareUnit, Duration least, String limit) {
        String unit = bareUnit.toString().toLowerCase(Locale.ROOT);
        return trimmed(
                "duration (bare number: " + unit + ")",
                "must be a duration" + limit + " such as 300ms, 1.5h or 2m30s, or a whole number of " + unit,
                text -> GoDuration.parse(text, bareUnit).filter(value -> value.compareTo(least) >= 0));
    }

    /** One of the constants of an enum, spelled in lower case. */
    @SafeVarargs
    public static <E extends Enum<E>> FieldType<E> choice(E... values) {
        var byName = new LinkedHashMap<String, E>();
        for (E value : values) {
            byName.put(value.name().toLowerCase(Locale.ROOT), value);
        }
        return choice(byName);
    }

    /** One of the named values, whatever the case. */
    @SafeVarargs
    public static <T> FieldType<T> choice(Map.Entry<String, T>... values) {
        var byName = new LinkedHashMap<String, T>();
        for (var entry : values) {
            byName.put(entry.getKey(), entry.getValue());
        }
        return choice(byName);
    }

    private static <T> FieldType<T> choice(Map<String, T> byName) {
        return trimmed("choice", "must be " + anyOf(List.copyOf(byName.keySet())), text -> byName.entrySet().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(text))
                .map(Map.Entry::getValue)
                .findFirst());
    }

    private static String anyOf(List<String> names) {
        var text = new StringBuilder();
        for (int i = 0; i < names.size(); i++) {
            boolean last = i == names.size() - 1;
            text.append(i == 0 ? "" : names.size() == 2 ? " or " : last ? ", or " : ", ");
            text.append('"').append(names.get(i)).append('"');
        }
        return text.toString();
    }

    /** Items between commas, trimmed, empty ones dropped; wrong when one item is wrong or none is left. */
    public static <T> FieldType<List<T>> listOf(String what, FieldType<T> item) {
        return open("list", "must be a comma-separated list of " + what, text -> {
            var items = new ArrayList<T>();
            for (String part : text.split(",")) {
                if (part.isBlank()) {
                    continue;
                }
                var parsed = item.parse(part.strip());
                if (parsed.isEmpty()) {
                    return Optional.empty();
                }
                items.add(parsed.get());
            }
            return items.isEmpty() ? Optional.empty() : Optional.of(items);
        });
    }

    /** A text that {@code pattern} matches as a whole. */
    public static FieldType<String> matching(String label, String allowed, java.util.regex.Pattern pattern) {
        return trimmed(label, allowed, text -> Optional.of(text)
                .filter(candidate -> pattern.matcher(candidate).matches()));
    }

    /** An absolute HTTP URL; credentials belong into fields of their own, where they are kept secret. */
    public static FieldType<URI> url() {
        return trimmed("URL", "must be an http or https URL without user and password", text -> {
            try {
                return Optional.of(URI.create(text)).filter(FieldTypes::isHttp);
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        });
    }

    private static boolean isHttp(URI uri) {
        boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
        return http && uri.getHost() != null && uri.getRawUserInfo() == null;
    }

    /** Go's regular expressions. */
    public static FieldType<Pattern> regex() {
        return open("RE2 expression", "must be a regular expression in RE2 syntax", text -> {
            try {
                return Optional.of(Pattern.compile(text));
            } catch (PatternSyntaxException e) {
                return Optional.empty();
            }
        });
    }

    public static FieldType<KafkaVersion> kafkaVersion() {
        return trimmed("version", "must be a.b.c, or 0.a.b.c before 1.0.0", KafkaVersion::parse);
    }

    private static Optional<String> printable(String text) {
        return text.chars().anyMatch(Character::isISOControl) ? Optional.empty() : Optional.of(text);
    }

    private static <T> FieldType<T> trimmed(String label, String allowed, Function<String, Optional<T>> parser) {
        return open(label, allowed, text -> parser.apply(text.strip()));
    }

    /** A type that is not secret and whose parser sees the text as it is. */
    static <T> FieldType<T> open(String label, String allowed, Function<String, Optional<T>> parser) {
        return new FieldType<>(label, allowed, false, parser);
    }
}
