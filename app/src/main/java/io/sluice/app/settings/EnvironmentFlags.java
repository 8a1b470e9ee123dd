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

    /** What Kubernetes sets in every pod when there is a Service {@code sluice}, or {@code sluice-something}. */
    private static final Pattern OF_A_SERVICE =
            Pattern.compile("SERVICE_.*|PORT(_.*)?|.*_SERVICE_(HOST|PORT)(_.*)?|.*_PORT_\\d+_(TCP|UDP|SCTP)(_.*)?");

    private static final Pattern URL_OF_A_SERVICE = Pattern.compile("(tcp|udp|sctp)://.*");

    private EnvironmentFlags() {}

    /** The flags that {@code environment} gives; an empty variable gives nothing. */
    static Map<Flag, Given> read(Map<String, String> environment) {
        var given = new EnumMap<Flag, Given>(Flag.class);
        for (Flag flag : Flag.values()) {
            flag.variables().stream()
                    .filter(name -> !environment.getOrDefault(name, "").isBlank())
                    .filter(name -> !isOfAService(environment.getOrDefault(name, "")))
                    .findFirst()
                    .ifPresent(name -> given.put(flag, new Given(name, List.of(environment.get(name)))));
        }
        return given;
    }

    private static boolean isOfAService(String value) {
        return URL_OF_A_SERVICE.matcher(value).matches();
    }

    /** One warning per variable that is passed over, and per one that looks misspelt; others are for other programs. */
    static List<String> warnings(Map<String, String> environment) {
        return Stream.concat(passedOver(environment), misspelt(environment)).toList();
    }

    private static Stream<String> passedOver(Map<String, String> environment) {
        return Stream.of(Flag.values())
                .flatMap(flag -> flag.variables().stream())
                .filter(name -> isOfAService(environment.getOrDefault(name, "")))
                .map(name -> name + ": " + environment.getOrDefault(name, "").replaceAll("\\p{Cntrl}", "?")
                        + " is passed over: Kubernetes sets it for a Service of that name (call the Service otherwise,"
                        + " or set enableServiceLinks: false)");
    }

    private static Stream<String> misspelt(Map<String, String> environment) {
        List<String> known = Stream.of(Flag.values())
                .map(flag -> flag.variables().get(0).substring(PREFIX.length()))
                .toList();
        return environment.keySet().stream()
                .filter(name -> name.startsWith(PREFIX) && !isOfAService(environment.getOrDefault(name, "")))
                .map(name -> name.substring(PREFIX.length()))
                .filter(name ->
                        !known.contains(name) && !OF_A_SERVICE.matcher(name).matches())
                .sorted()
                .flatMap(name -> NearestName.of(name, known).stream().map(near -> warning(name, near)));
    }

    private static String warning(String name, String near) {
        return PREFIX + name + ": unknown variable, ignored (did you mean " + PREFIX + near + "?)";
    }
}
