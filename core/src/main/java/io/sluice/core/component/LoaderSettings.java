package io.sluice.core.component;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
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
 * @param run this run of the gateway: each <code>{uuid}</code> is made from it and from where it stands, so that it stays
 *     the same when the files are loaded again
 */
public record LoaderSettings(
        List<Path> resourcePaths,
        String appId,
        @Nullable String namespace,
        Map<String, String> environment,
        @Nullable Path mountedSecrets,
        UUID run) {

    public LoaderSettings {
        resourcePaths = List.copyOf(resourcePaths);
        environment = Map.copyOf(environment);
    }

    /** For a run of its own. */
    public LoaderSettings(
            List<Path> resourcePaths,
            String appId,
            @Nullable String namespace,
            Map<String, String> environment,
            @Nullable Path mountedSecrets) {
        this(resourcePaths, appId, namespace, environment, mountedSecrets, UUID.randomUUID());
    }

    /** Without the environment, which holds secrets. */
    @Override
    public String toString() {
        return "LoaderSettings[resourcePaths=" + resourcePaths + ", appId=" + appId + ", namespace=" + namespace + "]";
    }
}
