package io.sluice.auth.tls;

import io.sluice.core.binding.Secret;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.jspecify.annotations.Nullable;

/** Reads private keys in the forms that files have: PKCS #8, encrypted or not, and the traditional PKCS #1 and SEC 1. */
public final class PrivateKeys {
    private static final String ENCRYPTED = "ENCRYPTED PRIVATE KEY";
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");

    private PrivateKeys() {}

    /**
     * The key of {@code source} as it is now. Blocks while a file is read.
     *
     * @param password of an encrypted key; a key that is not encrypted needs none and may have one
     * @throws PemException when there is no key, or none that can be read
     */
    public static PrivateKey read(PemSource source, @Nullable Secret password) {
        return parse(source.read(), password);
    }

    /** Whether it takes a password to read the key. */
    static boolean isEncrypted(PemText pem) {
        return pem.text().contains("-----BEGIN " + ENCRYPTED);
    }

    static PrivateKey parse(PemText pem, @Nullable Secret password) {
        PemSource source = pem.source();
        PemBlock block = PemBlock.of(pem).stream()
                .filter(candidate -> candidate.label().endsWith("PRIVATE KEY"))
                .findFirst()
                .orElseThrow(() -> new PemException(source, "holds no private key"));
        if (block.hasHeaders()) {
            throw new PemException(
                    source, "is encrypted in OpenSSL's old form; `openssl pkcs8 -topk8` makes one that can be used");
        }
        byte[] der = block.der(pem);
        return switch (block.label()) {
            case "PRIVATE KEY" -> key(source, new PKCS8EncodedKeySpec(der));
            case "RSA PRIVATE KEY" -> key(source, new PKCS8EncodedKeySpec(Der.pkcs8OfRsa(der)));
            case "EC PRIVATE KEY" -> key(source, ec(source, der));
            case ENCRYPTED -> key(source, decrypt(source, der, password));
            default -> throw new PemException(source, "is a " + block.label() + ", which cannot be used");
        };
    }

    private static PKCS8EncodedKeySpec ec(PemSource source, byte[] sec1) {
        byte[] pkcs8 = Der.pkcs8OfEc(sec1);
        if (pkcs8 == null) {
            throw new PemException(source, "is damaged: its EC key names no curve");
        }
        return new PKCS8EncodedKeySpec(pkcs8);
    }

    private static PrivateKey key(PemSource source, PKCS8EncodedKeySpec pkcs8) {
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(pkcs8);
            } catch (InvalidKeySpecException e) {
                // Of another algorithm, or damaged.
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }
        throw new PemException(source, "is damaged or of a kind that is not known (RSA, EC and EdDSA are)");
    }

    private static PKCS8EncodedKeySpec decrypt(PemSource source, byte[] der, @Nullable Secret password) {
        if (password == null) {
            throw new PemException(source, "is encrypted, and there is no password for it");
        }
        try {
            var encrypted = new EncryptedPrivateKeyInfo(der);
            String algorithm = algorithm(encrypted);
            var key = SecretKeyFactory.getInstance(algorithm)
                    .generateSecret(new PBEKeySpec(password.reveal().toCharArray()));
            Cipher cipher = Cipher.getInstance(algorithm);
            cipher.init(Cipher.DECRYPT_MODE, key, encrypted.getAlgParameters());
            return encrypted.getKeySpec(cipher);
        } catch (InvalidKeySpecException e) {
            throw new PemException(source, "cannot be decrypted: its password is wrong, or has letters beyond ASCII");
        } catch (GeneralSecurityException | IOException e) {
            throw new PemException(source, "is encrypted in a way that is not known (PBES2 with AES is)");
        }
    }

    private static String algorithm(EncryptedPrivateKeyInfo encrypted) {
        var parameters = encrypted.getAlgParameters();
        boolean pbes2 = Set.of("PBES2", "1.2.840.113549.1.5.13").contains(encrypted.getAlgName());
        // Java knows PBES2 by what it is made of, which is what the parameters are called.
        return pbes2 && parameters != null ? parameters.toString() : encrypted.getAlgName();
    }
}
