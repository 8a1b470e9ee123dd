package io.sluice.auth.tls;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;

/** Tells whether two keys are of one pair. */
final class KeyPairs {
    private static final byte[] ANYTHING = {1};

    private KeyPairs() {}

    /** Whether what {@code privateKey} signs is what {@code publicKey} verifies. */
    static boolean fit(PublicKey publicKey, PrivateKey privateKey) {
        try {
            Signature signature = Signature.getInstance(
                    switch (privateKey.getAlgorithm()) {
                        case "RSA" -> "SHA256withRSA";
                        case "EC" -> "SHA256withECDSA";
                        default -> privateKey.getAlgorithm();
                    });
            signature.initSign(privateKey);
            signature.update(ANYTHING);
            byte[] signed = signature.sign();
            signature.initVerify(publicKey);
            signature.update(ANYTHING);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            // Keys of two kinds, or of two lengths.
            return false;
        }
    }
}
