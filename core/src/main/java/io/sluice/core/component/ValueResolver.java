package io.sluice.core.component;

import io.sluice.core.component.Manifest.Item;
import io.sluice.core.component.Manifest.SecretRef;
import io.sluice.core.component.field.FieldValue;
import io.sluice.core.component.field.Fields;
import io.sluice.core.component.secret.SecretStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Values of a component with templates, environment variables and secrets filled in.
 *
 * @param stores the secret stores that could be opened
 * @param declared the names of all, also of those that could not
 * @param defaultStore the store of components that name none, null when there is none
 */
record ValueResolver(
        MetadataTemplates templates,
        EnvironmentReferences environment,
        Map<String, SecretStore> stores,
        Set<String> declared,
        @Nullable String defaultStore) {

    /** The component's fields; what cannot be resolved is a problem of the component and missing in them. */
    Fields fields(Manifest manifest) {
        var values = new LinkedHashMap<String, FieldValue>();
        var spellings = new HashMap<String, String>();
        for (Item item : manifest.items()) {
            String spelling = spellings.putIfAbsent(item.name().toLowerCase(Locale.ROOT), item.name());
            if (spelling != null && !spelling.equals(item.name())) {
                manifest.problems().error(place(manifest, item), duplicate(item, spelling));
                continue;
            }
            if (spelling != null) {
                manifest.problems().warn(place(manifest, item), "is there more than once: the last one counts");
            }
            values.remove(item.name());
            value(manifest, item).ifPresent(value -> values.put(item.name(), value));
        }
        return new Fields(manifest.place(), values, manifest.problems());
    }

    /** The files that the component's secrets come from, whether they are there or not. */
    Stream<Path> sources(Manifest manifest) {
        String storeName = storeName(manifest);
        SecretStore store = storeName == null ? null : stores.get(storeName);
        return store == null
                ? Stream.empty()
                : manifest.items().stream()
                        .map(Item::secret)
                        .filter(Objects::nonNull)
                        .flatMap(ref -> store.source(ref.name(), ref.key()).stream());
    }

    private @Nullable String storeName(Manifest manifest) {
        return manifest.secretStore() == null ? defaultStore : manifest.secretStore();
    }

    private static String duplicate(Item item, String spelling) {
        return "failed to resolve aliases: key " + item.name().toLowerCase(Locale.ROOT)
                + " is duplicate in the metadata (must be there once, it is also spelled " + spelling + ")";
    }

    private Optional<FieldValue> value(Manifest manifest, Item item) {
        if (item.secret() != null) {
            return Optional.of(secret(manifest, item, item.secret()));
        }
        String text = item.value() == null ? environment(manifest, item) : item.value();
        return Optional.ofNullable(text)
                .map(raw -> templates.resolve(item.name(), raw, place(manifest, item), manifest.problems()))
                .map(FieldValue::plain);
    }

    private @Nullable String environment(Manifest manifest, Item item) {
        String variable = item.environment();
        if (variable == null) {
            return null;
        }
        String refusal = environment.refusal(variable);
        if (refusal != null) {
            manifest.problems()
                    .warn(
                            place(manifest, item),
                            "is left out: the environment variable \"" + variable + "\" " + refusal);
            return null;
        }
        return environment.value(variable);
    }

    private FieldValue secret(Manifest manifest, Item item, SecretRef ref) {
        String storeName = storeName(manifest);
        Optional<String> found = Optional.empty();
        String wrong = storeName == null ? "no secret store is named (must have auth.secretStore)" : "";
        if (storeName != null) {
            SecretStore store = stores.get(storeName);
            try {
                found = store == null ? found : store.value(ref.name(), ref.key());
                wrong = whatIsMissing(storeName, store, ref);
            } catch (IOException e) {
                wrong = "secret store \"" + storeName + "\" cannot read it";
            }
        }
        if (found.isEmpty()) {
            manifest.problems()
                    .error(
                            place(manifest, item),
                            "cannot get key \"" + ref.key() + "\" of secret \"" + ref.name() + "\": " + wrong);
        }
        return found.map(FieldValue::confidential).orElseGet(FieldValue::unknown);
    }

    private String whatIsMissing(String storeName, @Nullable SecretStore store, SecretRef ref) {
        if (store == null) {
            return "secret store \"" + storeName + "\" "
                    + (declared.contains(storeName) ? "could not be opened" : "is not among the components");
        }
        return "secret store \"" + storeName + "\" has no such " + (store.has(ref.name()) ? "key in it" : "secret");
    }

    private static String place(Manifest manifest, Item item) {
        return manifest.place() + "." + item.name();
    }
}
