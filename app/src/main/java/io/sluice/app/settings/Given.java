package io.sluice.app.settings;

import java.util.List;

/**
 * What one source says about one flag.
 *
 * @param origin how a message names the place: {@code --app-port}, {@code SLUICE_APP_PORT}, {@code FILE: sluice.app-port}
 * @param values at least one, in the order given
 */
record Given(String origin, List<String> values) {
    Given {
        values = List.copyOf(values);
    }
}
