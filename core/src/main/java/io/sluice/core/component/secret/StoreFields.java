package io.sluice.core.component.secret;

import static io.sluice.core.component.field.FieldTypes.bool;
import static io.sluice.core.component.field.FieldTypes.text;

import io.sluice.core.component.field.Field;
import io.sluice.core.component.field.Fields;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The components that are secret stores, and their fields. */
public final class StoreFields {
    /** A JSON file, as with Dapr. */
    public static final String LOCAL_FILE = "secretstores.local.file";

    /** Environment variables, as with Dapr. */
    public static final String LOCAL_ENV = "secretstores.local.env";

    /** A folder of mounted secrets; Sluice's own. */
    public static final String LOCAL_FOLDER = "secretstores.local.folder";

    private static final List<String> TYPES = List.of(LOCAL_FILE, LOCAL_ENV, LOCAL_FOLDER);

    static final Field<String> SECRETS_FILE = Field.dapr("secretsFile", text())
            .defaultNote("required")
            .means("Path of the JSON file, relative to the working directory.");

    static final Field<String> SEPARATOR =
            Field.dapr("nestedSeparator", text()).defaultsTo(":").means("What joins nested names.");

    static final Field<Boolean> MULTI_VALUED = Field.dapr("multiValued", bool())
            .defaultsTo("false")
            .means("Whether an outermost name is one secret with several keys.");

    static final Field<String> PREFIX = Field.dapr("prefix", text())
            .defaultNote("none")
            .means("Goes before a secret's name to make the variable's name.");

    static final Field<String> PATH = Field.sluice("path", text())
            .defaultNote("required")
            .means("Folder with one folder per secret, in it one file per key.");

    private StoreFields() {}

    /** The component types. */
    public static List<String> types() {
        return TYPES;
    }

    /** Whether a component type, whatever its case, is a secret store that {@link #open} knows. */
    public static boolean isStore(String type) {
        return TYPES.contains(type.toLowerCase(Locale.ROOT));
    }

    /** The fields of each type, for the reference. */
    public static Map<String, List<Field<?>>> all() {
        return Map.of(
                LOCAL_FILE, List.of(SECRETS_FILE, SEPARATOR, MULTI_VALUED),
                LOCAL_ENV, List.of(PREFIX),
                LOCAL_FOLDER, List.of(PATH));
    }

    /**
     * The store that a component describes, empty when something is wrong with it, which {@code fields} then tells.
     *
     * @param environment for {@link #LOCAL_ENV}
     * @param reserved names of the environment that may not be read
     */
    public static Optional<SecretStore> open(
            String type, Fields fields, Map<String, String> environment, Predicate<String> reserved) {
        String store = type.toLowerCase(Locale.ROOT);
        fields.warnOfNames(all().getOrDefault(store, List.of()));
        return switch (store) {
            case LOCAL_FILE -> file(fields);
            case LOCAL_ENV -> Optional.of(new LocalEnvStore(environment, fields.valueOr(PREFIX, ""), reserved));
            default -> folder(fields);
        };
    }

    /** The file that a store reads as a whole, whether it is there or not; empty for a store without one. */
    public static Optional<Path> source(String type, Fields fields) {
        String file = type.equalsIgnoreCase(LOCAL_FILE) ? fields.valueOr(SECRETS_FILE, "") : "";
        try {
            return file.isEmpty() ? Optional.empty() : Optional.of(Path.of(file));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static Optional<SecretStore> file(Fields fields) {
        String separator = fields.value(SEPARATOR);
        boolean multiValued = fields.value(MULTI_VALUED);
        String file = fields.require(SECRETS_FILE, "missing local secrets file", "");
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalFileStore.read(Path.of(file), separator, multiValued));
        } catch (NoSuchFileException | InvalidPathException e) {
            fields.error(SECRETS_FILE, "there is no file \"" + file + "\" (must be a readable JSON file)");
        } catch (IOException e) {
            fields.error(SECRETS_FILE, "cannot read \"" + file + "\" (must be a readable file with one JSON object)");
        }
        return Optional.empty();
    }

    private static Optional<SecretStore> folder(Fields fields) {
        String path = fields.require(PATH, "missing folder of secrets", "");
        if (path.isEmpty()) {
            return Optional.empty();
        }
        if (!isFolder(path)) {
            fields.error(PATH, "there is no folder \"" + path + "\" (must be a readable folder)");
            return Optional.empty();
        }
        return Optional.of(new FolderStore(Path.of(path)));
    }

    private static boolean isFolder(String path) {
        try {
            return Files.isDirectory(Path.of(path));
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
