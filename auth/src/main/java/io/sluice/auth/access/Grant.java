package io.sluice.auth.access;

import com.google.re2j.Pattern;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What some callers may do.
 *
 * @param to one of them has to match
 * @param ofBindings for each right of bindings, the bindings it is given for
 * @param ofGateway the other rights
 */
record Grant(List<Who> to, Map<Right, List<BindingName>> ofBindings, Set<Right> ofGateway) {

    /** The name of a binding, or of several: {@code *} stands for any text. */
    record BindingName(String text, Pattern pattern) {
        static BindingName of(String text) {
            var expression =
                    Arrays.stream(text.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining("(?s:.*)"));
            return new BindingName(text, Pattern.compile(expression));
        }

        /** In time linear to the name, which a client chooses. */
        boolean matches(String binding) {
            return pattern.matches(binding);
        }

        boolean isOne() {
            return text.indexOf('*') < 0;
        }
    }

    boolean isTo(Principal principal) {
        return to.stream().anyMatch(who -> who.matches(principal));
    }

    boolean gives(Right right) {
        return ofGateway.contains(right);
    }

    boolean gives(Right right, String binding) {
        return ofBindings.getOrDefault(right, List.of()).stream().anyMatch(name -> name.matches(binding));
    }
}
