package io.sluice.core.component;

import io.sluice.core.binding.KafkaBinding;
import io.sluice.core.binding.SecretStoreComponent;
import io.sluice.core.component.field.Fields;
import io.sluice.core.component.field.Problems;
import io.sluice.core.component.kafka.KafkaBindingReader;
import io.sluice.core.component.secret.FolderStore;
import io.sluice.core.component.secret.SecretStore;
import io.sluice.core.component.secret.StoreFields;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Component files → typed bindings: the entry of this package.
 *
 * <p>The form of the files is Dapr's, see {@code docs/components.md} for all fields.
 */
public final class ComponentLoader {
    private static final String BINDING = "bindings.kafka";
    private static final String MOUNTED = "kubernetes";

    private final LoaderSettings settings;
    private final BindingCheck check;
    private final Problems problems = new Problems();
    private final Map<String, SecretStore> stores = new HashMap<>();
    private final List<SecretStoreComponent> opened = new ArrayList<>();
    private final Set<String> storeNames = new HashSet<>();
    private final Set<String> leftOut = new HashSet<>();
    private final Map<String, String> unread = new HashMap<>();
    private final Set<Path> sources;

    private ComponentLoader(LoaderSettings settings, BindingCheck check) {
        this.settings = settings;
        this.check = check;
        this.sources = new HashSet<>(settings.resourcePaths());
        if (settings.mountedSecrets() != null) {
            stores.put(MOUNTED, new FolderStore(settings.mountedSecrets()));
        }
    }

    /**
     * Reads every component file and all that they refer to. Blocks on files: not for an event loop. Never throws for
     * what the files say: every mistake in every file is in the result.
     *
     * @param check has the last word on each binding in which nothing else is wrong
     */
    public static LoadResult load(LoaderSettings settings, BindingCheck check) {
        return new ComponentLoader(settings, check).load();
    }

    /** As {@link #load(LoaderSettings, BindingCheck)}, without a check. */
    public static LoadResult load(LoaderSettings settings) {
        return load(settings, (binding, problem) -> {});
    }

    private LoadResult load() {
        ComponentFiles.Documents documents = ComponentFiles.read(settings.resourcePaths(), problems);
        documents.others().stream()
                .filter(other -> other.isFor(settings.appId(), settings.namespace()))
                .forEach(this::leaveOut);
        List<Manifest> manifests = ofThisApp(documents.manifests());
        // Stores first: a binding may stand in a file before the store that it needs.
        manifests.stream()
                .filter(manifest -> StoreFields.isStore(manifest.type()))
                .forEach(this::openStore);
        ValueResolver resolver = resolver(stores);
        var bindings = new ArrayList<KafkaBinding>();
        for (Manifest manifest : manifests) {
            if (manifest.type().equalsIgnoreCase(BINDING)) {
                readBinding(manifest, resolver).ifPresent(bindings::add);
            } else if (!StoreFields.isStore(manifest.type())) {
                leaveOut(manifest);
            }
        }
        if (manifests.isEmpty() && !problems.hasErrors()) {
            problems.warn(
                    "--resources-path",
                    "there is no component for " + settings.appId() + " in " + settings.resourcePaths());
        }
        return new LoadResult(bindings, opened, problems.errors(), problems.warnings(), leftOut, unread, sources);
    }

    private List<Manifest> ofThisApp(List<Manifest> all) {
        var byName = new LinkedHashMap<String, Manifest>();
        for (Manifest manifest : all) {
            if (!manifest.isFor(settings.appId(), settings.namespace())) {
                continue;
            }
            Manifest first = byName.putIfAbsent(manifest.name(), manifest);
            if (first != null) {
                problems.error(
                        manifest.place(),
                        "duplicate definition of Component name " + manifest.name() + ", it is also in " + first.file()
                                + " (must be a name of its own)");
            }
        }
        return List.copyOf(byName.values());
    }

    private void openStore(Manifest manifest) {
        storeNames.add(manifest.name());
        // A store cannot take its own settings from a store.
        Fields fields = resolver(Map.of()).fields(manifest);
        Optional<SecretStore> store =
                StoreFields.open(manifest.type(), fields, settings.environment(), EnvironmentReferences::isReserved);
        StoreFields.source(manifest.type(), fields).ifPresent(sources::add);
        if (settle(manifest)) {
            store.ifPresent(found -> stores.put(manifest.name(), found));
            opened.add(new SecretStoreComponent(manifest.name(), manifest.type(), manifest.version()));
        }
    }

    private Optional<KafkaBinding> readBinding(Manifest manifest, ValueResolver resolver) {
        var header = new KafkaBindingReader.Header(
                manifest.name(), manifest.version(), manifest.initTimeout(), manifest.ignoreErrors(), settings.appId());
        KafkaBinding binding = KafkaBindingReader.read(header, resolver.fields(manifest));
        resolver.sources(manifest).forEach(sources::add);
        if (!manifest.problems().hasErrors()) {
            check.check(binding, (field, wrong) -> manifest.problems().error(manifest.place() + "." + field, wrong));
        }
        return settle(manifest) ? Optional.of(binding) : Optional.empty();
    }

    private void leaveOut(Manifest manifest) {
        if (manifest.type().isBlank()) {
            settle(manifest);
        } else {
            String what = "is left out: this gateway has no component type \"" + manifest.type() + "\" (it has "
                    + BINDING + " and the secret stores " + String.join(", ", StoreFields.types()) + ")";
            unread.put(manifest.name(), problems.warn(manifest.place(), what));
        }
    }

    private void leaveOut(OtherDocument other) {
        String warning = problems.warn(other.place(), other.told());
        if (other.mistyped()) {
            unread.put(other.name(), warning);
        }
    }

    /** Takes over what was found about a component; whether it can be used. */
    private boolean settle(Manifest manifest) {
        Problems found = manifest.problems();
        if (!manifest.ignoreErrors()) {
            problems.add(found);
        } else {
            problems.addAsWarnings(found);
            if (found.hasErrors()) {
                leftOut.add(manifest.name());
                problems.warn(manifest.place(), "is left out because of its problems, as its ignoreErrors says");
            }
        }
        return !found.hasErrors();
    }

    private ValueResolver resolver(Map<String, SecretStore> opened) {
        var templates = new MetadataTemplates(
                settings.run(),
                settings.appId(),
                settings.namespace(),
                settings.environment().get("POD_NAME"));
        return new ValueResolver(
                templates,
                new EnvironmentReferences(settings.environment()),
                opened,
                storeNames,
                settings.mountedSecrets() == null ? null : MOUNTED);
    }
}
