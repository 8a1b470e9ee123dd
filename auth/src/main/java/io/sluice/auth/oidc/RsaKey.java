package io.sluice.auth.oidc;

import io.sluice.auth.tls.PemException;
import io.sluice.auth.tls.PemSource;
import io.sluice.auth.tls.PrivateKeys;
import io.sluice.auth.token.TokenException;
import java.security.interfaces.RSAPrivateKey;

/** Reads the key that signs an assertion. */
final class RsaKey {
    /** As Dapr says it. */
    private static final String REQUIRED = ": client_jwt requires RSA private key";

    private RsaKey() {}

    /**
     * The key as it is now. Blocks while a file is read.
     *
     * @throws TokenException for another kind of key, for an encrypted one, and for what is none
     */
    static RSAPrivateKey read(PemSource source) throws TokenException {
        try {
            if (PrivateKeys.read(source, null) instanceof RSAPrivateKey key) {
                return key;
            }
        } catch (PemException e) {
            throw new TokenException(source + REQUIRED + "; this " + e.reason());
        }
        throw new TokenException(source + REQUIRED);
    }
}
