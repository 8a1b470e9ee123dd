package io.sluice.http.listen;

import io.sluice.auth.tls.KeyPassword;
import io.sluice.auth.tls.PemIdentity;
import io.sluice.auth.tls.PemSource;
import io.sluice.auth.tls.TlsFiles;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the listeners' TLS material is: PEM files, which are read again when they change.
 *
 * @param certificate the certificate and those between it and its root
 * @param key its private key
 * @param keyPasswordFile what decrypts the key, null for a key that is not encrypted
 * @param clientCa who vouches for clients, null to ask no client for a certificate
 * @param clientRequired whether a client without one gets no connection
 */
public record TlsSettings(
        Path certificate,
        Path key,
        @Nullable Path keyPasswordFile,
        @Nullable Path clientCa,
        boolean clientRequired) {
    /** Reads nothing yet. */
    TlsFiles files() {
        var password =
                keyPasswordFile == null ? null : new KeyPassword.InFile("tls-key-password-file", keyPasswordFile);
        return new TlsFiles(
                clientCa == null ? null : source("tls-client-ca", clientCa),
                new PemIdentity(source("tls-cert", certificate), source("tls-key", key), password));
    }

    private static PemSource source(String field, Path file) {
        return new PemSource(field, file.toString());
    }
}
