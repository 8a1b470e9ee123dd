package io.sluice.app;

import io.sluice.app.settings.Settings;
import io.sluice.core.binding.KafkaBinding;
import io.sluice.core.component.ComponentLoader;
import io.sluice.core.component.LoadResult;
import io.sluice.core.component.LoaderSettings;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The component files of {@code --resources-path}. */
final class Components {
    private static final Logger LOG = LoggerFactory.getLogger(Components.class);

    private Components() {}

    /**
     * Reads the files; blocks the caller.
     *
     * @throws StartFailure with every problem of every file
     */
    static List<KafkaBinding> load(Settings settings) {
        LoadResult result = ComponentLoader.load(new LoaderSettings(
                settings.resourcePaths(),
                settings.appId(),
                settings.namespace(),
                settings.environment().variables()));
        result.warnings().forEach(LOG::warn);
        if (!result.problems().isEmpty()) {
            throw StartFailure.configuration(result.problems());
        }
        result.bindings().forEach(Components::report);
        return result.bindings();
    }

    private static void report(KafkaBinding binding) {
        LOG.atInfo()
                .addKeyValue("component", binding.name())
                .addKeyValue("output", binding.isOutput())
                .addKeyValue("input", binding.isInput())
                .log("component loaded");
    }
}
