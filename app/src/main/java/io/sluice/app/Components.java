package io.sluice.app;

import io.sluice.app.settings.Settings;
import io.sluice.auth.tls.BindingPems;
import io.sluice.core.binding.KafkaBinding;
import io.sluice.core.component.ComponentLoader;
import io.sluice.core.component.LoadResult;
import io.sluice.core.component.LoaderSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The component files of {@code --resources-path}, for one run of the gateway. */
final class Components {
    private static final Logger LOG = LoggerFactory.getLogger(Components.class);

    private final LoaderSettings settings;

    Components(Settings settings) {
        this.settings = new LoaderSettings(
                settings.resourcePaths(),
                settings.appId(),
                settings.namespace(),
                settings.environment().variables(),
                null);
    }

    /**
     * Reads the files for the first time; blocks the caller.
     *
     * @throws StartFailure with every problem of every file
     */
    LoadResult load() {
        LoadResult result = read();
        result.warnings().forEach(LOG::warn);
        if (!result.problems().isEmpty()) {
            throw StartFailure.configuration(result.problems());
        }
        result.bindings().forEach(Components::report);
        return result;
    }

    /** Reads the files; blocks the caller. */
    LoadResult read() {
        return ComponentLoader.load(settings, BindingPems::check);
    }

    private static void report(KafkaBinding binding) {
        LOG.atInfo()
                .addKeyValue("component", binding.name())
                .addKeyValue("output", binding.isOutput())
                .addKeyValue("input", binding.isInput())
                .log("component loaded");
    }
}
