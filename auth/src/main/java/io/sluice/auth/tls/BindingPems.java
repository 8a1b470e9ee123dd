package io.sluice.auth.tls;

import io.sluice.core.binding.AuthSettings;
import io.sluice.core.binding.AuthSettings.OidcPrivateKeyJwt;
import io.sluice.core.binding.KafkaBinding;
import io.sluice.core.binding.SchemaSettings;
import io.sluice.core.binding.Secret;
import java.security.interfaces.RSAPrivateKey;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Reads the certificates and keys of a binding as its connections will, so that what is wrong with them is told at load. */
public final class BindingPems {
    private final BiConsumer<String, String> problem;

    private BindingPems(BiConsumer<String, String> problem) {
        this.problem = problem;
    }

    /**
     * Blocks while files are read.
     *
     * @param problem takes the name of a field and what is wrong with it
     */
    public static void check(KafkaBinding binding, BiConsumer<String, String> problem) {
        var pems = new BindingPems(problem);
        AuthSettings auth = binding.auth();
        pems.check(
                new Named("clientCert", auth.tls().clientCert()),
                new Named("clientKey", reveal(auth.tls().clientKey())),
                auth.tls().clientKeyPassword());
        if (auth instanceof OidcPrivateKeyJwt jwt) {
            pems.check(jwt);
        }
        SchemaSettings.Registry registry = binding.schema().registry();
        if (registry != null) {
            pems.check(
                    new Named("schemaRegistryClientCert", registry.tls().clientCert()),
                    new Named("schemaRegistryClientKey", reveal(registry.tls().clientKey())),
                    null);
        }
    }

    /** A field and what it holds, null for a field that is not set. */
    private record Named(String field, @Nullable String textOrPath) {}

    private void check(Named certificates, Named key, @Nullable Secret password) {
        if (certificates.textOrPath() == null || key.textOrPath() == null) {
            return;
        }
        var identity = new PemIdentity(
                new PemSource(certificates.field(), certificates.textOrPath()),
                new PemSource(key.field(), key.textOrPath()),
                password == null ? null : new KeyPassword.Given(password));
        tell(() -> MaterialReader.keyManager(identity.read()));
    }

    private void check(OidcPrivateKeyJwt jwt) {
        var key = new PemSource("oidcClientAssertionKey", jwt.assertionKey().reveal());
        tell(() -> {
            if (!(PrivateKeys.read(key, null) instanceof RSAPrivateKey)) {
                throw new PemException(key, "is of another kind: client_jwt requires RSA private key");
            }
        });
    }

    private void tell(Runnable reading) {
        try {
            reading.run();
        } catch (PemException e) {
            PemSource source = e.source();
            String file = source.isFile() ? "\"" + source.textOrPath().strip() + "\" " : "";
            problem.accept(
                    source.field(), file + e.reason() + " (must be PEM that can be used, or the path of a file of it)");
        }
    }

    private static @Nullable String reveal(@Nullable Secret secret) {
        return secret == null ? null : secret.reveal();
    }
}
