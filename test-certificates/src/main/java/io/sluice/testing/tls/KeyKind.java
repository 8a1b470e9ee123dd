package io.sluice.testing.tls;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;

/** The kinds of keys that Kafka's users have. */
enum KeyKind {
    EC(256, "SHA256withECDSA"),
    RSA(2048, "SHA256withRSA");

    private final int bits;
    private final String signature;

    KeyKind(int bits, String signature) {
        this.bits = bits;
        this.signature = signature;
    }

    KeyPair generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(name());
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no key for the test", e);
        }
    }

    /** The algorithm that a key signs with. */
    static String signature(PrivateKey key) {
        return valueOf(key.getAlgorithm()).signature;
    }
}
