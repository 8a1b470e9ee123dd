package io.sluice.core.component.secret;

import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * {@code secretstores.local.env}: a secret is an environment variable, its one key has the secret's name.
 *
 * @param reserved names that may not be read
 */
record LocalEnvStore(Map<String, String> environment, String prefix, Predicate<String> reserved)
        implements SecretStore {

    @Override
    public boolean has(String secret) {
        String variable = prefix + secret;
        return !reserved.test(variable) && environment.containsKey(variable);
    }

    @Override
    public Optional<String> value(String secret, String key) {
        return has(secret) && key.equals(secret)
                ? Optional.ofNullable(environment.get(prefix + secret))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return "LocalEnvStore[prefix=" + prefix + "]";
    }
}
