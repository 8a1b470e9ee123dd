package io.sluice.app.settings;

import io.sluice.core.component.field.NearestName;
import java.util.Collection;
import java.util.Optional;

/** What someone may have meant who gave a flag that is not there. */
final class Misspelt {
    private Misspelt() {}

    /** The nearest of {@code known}, or one that {@code key} is a part of: {@code http-port} for {@code dapr-http-port}. */
    static Optional<String> suggestion(String key, Collection<String> known) {
        return NearestName.of(key, known)
                .or(() -> known.stream().filter(name -> name.contains(key)).findFirst());
    }
}
