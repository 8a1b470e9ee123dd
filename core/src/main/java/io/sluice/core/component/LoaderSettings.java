package io.sluice.core.component;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What loading components depends on.
 *
 * @param resourcePaths folders of component files
 * @param appId the default consumer group, and what {@code scopes} are compared with
 * @param namespace ours, null when nobody said; filters components that name one
 * @param environment the process's environment, for {@code envRef}, {@code secretstores.local.env} and {@code POD_NAME}
 * @param mountedSecrets a folder of secrets as Kubernetes mounts them; it is the secret store {@code kubernetes} and the
 *     default of components that name none; null for no such store
 */
public record LoaderSettings(
        List<Path> resourcePaths,
        String appId,
        @Nullable String namespace,
        Map<String, String> environment,
        @Nullable Path mountedSecrets) {

    public LoaderSettings {
        resourcePaths = List.copyOf(resourcePaths);
        environment = Map.copyOf(environment);
    }

    /** Without mounted secrets. */
    public LoaderSettings(
            List<Path> resourcePaths, String appId, @Nullable String namespace, Map<String, String> environment) {
        this(resourcePaths, appId, namespace, environment, null);
    }

    /** Without the environment, which holds secrets. */
    @Override
    public String toString() {
        return "LoaderSettings[resourcePaths=" + resourcePaths + ", appId=" + appId + ", namespace=" + namespace + "]";
    }
}
