package io.sluice.app.settings;

import io.sluice.core.component.field.NearestName;
import java.util.Collection;
import java.util.Optional;

/** What someone may have meant who gave a flag that is not there. */
final class Misspelt {
    private Misspelt() {}

    /** One of {@code known} that {@code key} is a part of ({@code http-port} of {@code dapr-http-port}), or the nearest. */
    static Optional<String> suggestion(String key, Collection<String> known) {
        return known.stream().filter(name -> name.contains(key)).findFirst().or(() -> NearestName.of(key, known));
    }
}
