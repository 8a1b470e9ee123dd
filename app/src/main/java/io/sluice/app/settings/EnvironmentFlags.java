package io.sluice.app.settings;

import io.sluice.core.component.field.NearestName;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Flags given as environment variables. */
final class EnvironmentFlags {
    static final String PREFIX = "SLUICE_";

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
                .flatMap(flag -> flag.variables().stream())
                .toList();
        return environment.keySet().stream()
                .filter(name -> name.startsWith(PREFIX) && !known.contains(name))
                .sorted()
                .flatMap(name -> NearestName.of(name, known).stream()
                        .map(near -> name + ": unknown variable, ignored (did you mean " + near + "?)"))
                .toList();
    }
}
