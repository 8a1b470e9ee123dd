package io.sluice.http.deliver;

import com.google.re2j.Pattern;
import io.sluice.core.binding.DeliverySettings;
import io.sluice.core.binding.DeliverySettings.FailurePolicy;
import io.sluice.core.binding.DeliverySettings.Ordering;
import io.sluice.core.binding.DeliverySettings.Target;
import io.sluice.core.binding.Direction;
import io.sluice.core.binding.HeaderNames;
import io.sluice.core.binding.KafkaBinding;
import io.sluice.core.binding.ProducerSettings;
import io.sluice.core.binding.ProducerSettings.Idempotence;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** An input binding with what delivery looks at. */
record InputBinding(
        String name,
        Set<Direction> direction,
        String route,
        Duration timeout,
        Target target,
        boolean escapeHeaders,
        boolean fanOut,
        String excludeHeaders,
        List<String> staysBehind) {

    /** Declared, so that the app is not asked. */
    static InputBinding declared(String name) {
        return new InputBinding(
                name, Set.of(Direction.INPUT), name, Duration.ofSeconds(20), Target.APP, false, false, null, null);
    }

    InputBinding undeclared() {
        return new InputBinding(
                name, Set.of(), route, timeout, target, escapeHeaders, fanOut, excludeHeaders, staysBehind);
    }

    InputBinding route(String path) {
        return new InputBinding(
                name, direction, path, timeout, target, escapeHeaders, fanOut, excludeHeaders, staysBehind);
    }

    InputBinding timeout(Duration longest) {
        return new InputBinding(
                name, direction, route, longest, target, escapeHeaders, fanOut, excludeHeaders, staysBehind);
    }

    InputBinding target(Target who) {
        return new InputBinding(
                name, direction, route, timeout, who, escapeHeaders, fanOut, excludeHeaders, staysBehind);
    }

    InputBinding escaping() {
        return new InputBinding(name, direction, route, timeout, target, true, fanOut, excludeHeaders, staysBehind);
    }

    InputBinding fanningOut() {
        return new InputBinding(
                name, direction, route, timeout, target, escapeHeaders, true, excludeHeaders, staysBehind);
    }

    InputBinding excluding(String regex) {
        return new InputBinding(name, direction, route, timeout, target, escapeHeaders, fanOut, regex, staysBehind);
    }

    InputBinding leaving(String... headers) {
        return new InputBinding(
                name, direction, route, timeout, target, escapeHeaders, fanOut, excludeHeaders, List.of(headers));
    }

    KafkaBinding toBinding() {
        var exclude = excludeHeaders == null ? null : Pattern.compile(excludeHeaders);
        var names = staysBehind == null ? null : HeaderNames.of(staysBehind);
        return new KafkaBinding(
                name,
                "v1",
                direction,
                List.of("topic"),
                null,
                route,
                Duration.ofSeconds(5),
                false,
                null,
                null,
                new ProducerSettings(1, null, 0, null, null, null, null, Idempotence.OFF, exclude),
                null,
                new DeliverySettings(
                        Ordering.PARTITION, 1, FailurePolicy.SKIP, null, timeout, target, escapeHeaders, fanOut, names),
                null);
    }
}
