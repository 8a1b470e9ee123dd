package io.sluice.core.binding;

/**
 * A secret store that component files may take their values from.
 *
 * @param type as in the file, such as {@code secretstores.local.file}
 * @param version {@code spec.version} as written, {@code v1} when empty
 */
public record SecretStoreComponent(String name, String type, String version) {}
