package io.sluice.auth.access;

import io.sluice.auth.access.Grant.BindingName;
import io.sluice.core.component.field.NearestName;
import io.sluice.core.component.field.Problems;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads grants from a configuration file.
 *
 * <pre>
 * - to: {claim: groups, value: writers}
 *   invoke: [orders, payments-*]
 *   may: [metadata]
 * </pre>
 */
public final class GrantsReader {
    private static final String TO = "to";
    private static final String MAY = "may";
    private static final List<String> KEYS = Stream.concat(
                    Stream.of(TO, MAY), Right.ofBindings().map(Right::key))
            .toList();

    private final Problems problems;

    private GrantsReader(Problems problems) {
        this.problems = problems;
    }

    /**
     * @param grants a list of maps
     * @param where how messages name its place
     * @param problems gets every mistake; what is read is of no use then
     */
    public static Grants read(@Nullable Object grants, String where, Problems problems) {
        if (!(grants instanceof JsonArray list) || list.isEmpty()) {
            problems.error(where, "not a list of grants (leave it out to let everybody do everything)");
            return Grants.of(List.of());
        }
        var reader = new GrantsReader(problems);
        return Grants.of(IntStream.range(0, list.size())
                .mapToObj(i -> reader.grant(list.getValue(i), where + "[" + i + "]"))
                .toList());
    }

    private Grant grant(@Nullable Object value, String where) {
        if (!(value instanceof JsonObject grant)) {
            problems.error(where, "not a map (" + String.join(", ", KEYS) + ")");
            return new Grant(List.of(), Map.of(), Set.of());
        }
        checkKeys(grant, where);
        var ofBindings = new EnumMap<Right, List<BindingName>>(Right.class);
        Right.ofBindings()
                .filter(right -> grant.containsKey(right.key()))
                .forEach(right ->
                        ofBindings.put(right, bindings(grant.getValue(right.key()), where + "." + right.key())));
        Set<Right> ofGateway = grant.containsKey(MAY) ? rights(grant.getValue(MAY), where + "." + MAY) : Set.of();
        if (KEYS.stream().noneMatch(key -> !key.equals(TO) && grant.containsKey(key))) {
            problems.error(where, "gives nothing (" + String.join(", ", KEYS.subList(1, KEYS.size())) + ")");
        }
        return new Grant(everyone(grant.getValue(TO), where + "." + TO), ofBindings, ofGateway);
    }

    private void checkKeys(JsonObject grant, String where) {
        grant.fieldNames().stream()
                .filter(key -> !KEYS.contains(key))
                .forEach(key -> unknown(where + "." + key, "unknown key", key, KEYS));
    }

    private List<Who> everyone(@Nullable Object value, String where) {
        if (value == null) {
            problems.error(where, "missing (" + WhoReader.ALLOWED + ")");
            return List.of();
        }
        return items(value).stream()
                .flatMap(item -> WhoReader.read(item, where, problems).stream())
                .toList();
    }

    private List<BindingName> bindings(@Nullable Object value, String where) {
        var names = new ArrayList<BindingName>();
        for (Object item : items(value)) {
            if (item instanceof JsonObject
                    || item instanceof JsonArray
                    || String.valueOf(item).isBlank()) {
                problems.error(where, "not a list of names of bindings (* stands for any text)");
            } else {
                names.add(BindingName.of(String.valueOf(item).strip()));
            }
        }
        return names;
    }

    private Set<Right> rights(@Nullable Object value, String where) {
        var rights = EnumSet.noneOf(Right.class);
        var known = Right.ofGateway().map(Right::key).toList();
        for (Object item : items(value)) {
            var key = String.valueOf(item);
            Right.ofGateway()
                    .filter(right -> right.key().equals(key))
                    .findFirst()
                    .ifPresentOrElse(rights::add, () -> unknown(where, '"' + key + "\" is no right", key, known));
        }
        return rights;
    }

    private void unknown(String where, String what, String name, List<String> known) {
        var hint = NearestName.of(name, known)
                .map(near -> "did you mean " + near + "?")
                .orElseGet(() -> String.join(", ", known));
        problems.error(where, what + " (" + hint + ")");
    }

    /** One is a list of one. */
    private static List<Object> items(@Nullable Object value) {
        if (value instanceof JsonArray list) {
            return list.stream().map(item -> item == null ? "" : item).toList();
        }
        return List.of(value == null ? "" : value);
    }
}
