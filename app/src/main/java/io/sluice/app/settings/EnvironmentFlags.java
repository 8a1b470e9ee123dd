package io.sluice.app.settings;

import io.sluice.core.component.field.NearestName;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Flags given as environment variables. */
final class EnvironmentFlags {
    static final String PREFIX = "SLUICE_";

    /** What Kubernetes sets in every pod when there is a Service {@code sluice}. */
    private static final Pattern OF_A_SERVICE = Pattern.compile("SERVICE_.*|PORT(_.*)?");

    private EnvironmentFlags() {}

    /** The flags that {@code environment} gives; an empty variable gives nothing. */
    static Map<Flag, Given> read(Map<String, String> environment) {
        var given = new EnumMap<Flag, Given>(Flag.class);
        for (Flag flag : Flag.values()) {
            flag.variables().stream()
                    .filter(name -> !environment.getOrDefault(name, "").isBlank())
                    .findFirst()
                    .ifPresent(name -> given.put(flag, new Given(name, List.of(environment.get(name)))));
        }
        return given;
    }

    /** One warning per variable that looks like a misspelt one; any other is taken for somebody else's. */
    static List<String> warnings(Map<String, String> environment) {
        List<String> known = Stream.of(Flag.values())
                .map(flag -> flag.variables().get(0).substring(PREFIX.length()))
                .toList();
        return environment.keySet().stream()
                .filter(name -> name.startsWith(PREFIX))
                .map(name -> name.substring(PREFIX.length()))
                .filter(name ->
                        !known.contains(name) && !OF_A_SERVICE.matcher(name).matches())
                .sorted()
                .flatMap(name -> NearestName.of(name, known).stream().map(near -> warning(name, near)))
                .toList();
    }

    private static String warning(String name, String near) {
        return PREFIX + name + ": unknown variable, ignored (did you mean " + PREFIX + near + "?)";
    }
}
