package io.sluice.dev;

import io.sluice.app.settings.Invocation;
import io.sluice.app.settings.Settings;
import io.sluice.app.settings.SettingsReader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the gateway gets from here because neither its flags nor its environment nor its file say it.
 *
 * @param environment the gateway's, with an app id
 * @param settings what all three say
 */
record GatewayDefaults(Map<String, String> environment, Settings settings) {
    private static final List<Path> NO_FOLDER_SAID = List.of(Path.of("./components"));

    GatewayDefaults {
        environment = Map.copyOf(environment);
    }

    /** Empty when the gateway would only print something, or say what is wrong with its settings. */
    static Optional<GatewayDefaults> find(List<String> args, Map<String, String> environment) {
        Map<String, String> named = new HashMap<>(environment);
        named.putIfAbsent("SLUICE_APP_ID", "sluice-demo");
        return find(SettingsReader.read(args, environment), environment)
                .or(() -> find(SettingsReader.read(args, named), named));
    }

    private static Optional<GatewayDefaults> find(Invocation invocation, Map<String, String> environment) {
        return invocation instanceof Invocation.Run run
                ? Optional.of(new GatewayDefaults(environment, run.settings()))
                : Optional.empty();
    }

    /** Whether the component files are to be the examples. */
    boolean examples() {
        return settings.resourcePaths().equals(NO_FOLDER_SAID);
    }

    boolean hasApp() {
        return settings.channel() != null;
    }

    /**
     * @param brokers for component files that refer to {@code KAFKA_BROKERS}
     * @param app the app if it is ours
     */
    Map<String, String> environment(String brokers, Path components, @Nullable DemoApp app) {
        Map<String, String> extended = new HashMap<>(environment);
        extended.put("KAFKA_BROKERS", brokers);
        if (examples()) {
            extended.put("SLUICE_RESOURCES_PATH", components.toString());
        }
        if (app != null) {
            extended.put("SLUICE_APP_PORT", String.valueOf(app.port()));
        }
        return extended;
    }
}
