package io.sluice.http.listen;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** Reads PEM files. Blocks. */
final class PemFiles {
    private static final Pattern CERTIFICATE =
            Pattern.compile("-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----");
    private static final Pattern KEY = Pattern.compile("-----BEGIN (?:RSA |EC )?PRIVATE KEY-----");
    private static final Pattern ENCRYPTED = Pattern.compile(
            "-----BEGIN ENCRYPTED PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END ENCRYPTED PRIVATE KEY-----");
    private static final String ENCRYPTED_OLD_WAY = "Proc-Type: 4,ENCRYPTED";
    private static final int LARGEST = 1 << 20;

    private PemFiles() {}

    static String read(Path file) throws InvalidTlsException {
        try {
            if (Files.size(file) > LARGEST) {
                throw new InvalidTlsException(file, "larger than " + LARGEST + " bytes");
            }
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            throw new InvalidTlsException(file, "no such file");
        } catch (IOException e) {
            throw new InvalidTlsException(
                    file, "cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }

    /** At least one. */
    static List<X509Certificate> certificates(Path file, String pem) throws InvalidTlsException {
        if (!CERTIFICATE.matcher(pem).find()) {
            throw new InvalidTlsException(file, "holds no PEM certificate");
        }
        try {
            var bytes = CERTIFICATE
                    .matcher(pem)
                    .results()
                    .map(found -> found.group() + "\n")
                    .reduce("", String::concat);
            return CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(bytes.getBytes(StandardCharsets.ISO_8859_1)))
                    .stream()
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (CertificateException e) {
            throw new InvalidTlsException(file, "holds a certificate that cannot be read");
        }
    }

    /** The private key as PEM that is not encrypted. */
    static String key(Path file, String pem, TlsSettings settings) throws InvalidTlsException {
        Matcher encrypted = ENCRYPTED.matcher(pem);
        if (encrypted.find()) {
            return decrypted(file, encrypted.group(1), settings);
        }
        if (pem.contains(ENCRYPTED_OLD_WAY)) {
            throw new InvalidTlsException(
                    file, "is encrypted in OpenSSL's old way (openssl pkcs8 -topk8 writes the form that is read)");
        }
        if (!KEY.matcher(pem).find()) {
            throw new InvalidTlsException(file, "holds no PEM private key");
        }
        return pem;
    }

    private static String decrypted(Path file, String base64, TlsSettings settings) throws InvalidTlsException {
        if (settings.keyPasswordFile() == null) {
            throw new InvalidTlsException(file, "is encrypted, and there is no password");
        }
        var password = read(settings.keyPasswordFile()).replaceFirst("\\R$", "");
        try {
            var encrypted = new EncryptedPrivateKeyInfo(Base64.getMimeDecoder().decode(base64));
            var parameters = encrypted.getAlgParameters();
            var secret = SecretKeyFactory.getInstance(algorithm(encrypted, parameters))
                    .generateSecret(new PBEKeySpec(password.toCharArray()));
            var cipher = Cipher.getInstance(algorithm(encrypted, parameters));
            cipher.init(Cipher.DECRYPT_MODE, secret, parameters);
            var key = Base64.getMimeEncoder()
                    .encodeToString(encrypted.getKeySpec(cipher).getEncoded());
            return "-----BEGIN PRIVATE KEY-----\n" + key + "\n-----END PRIVATE KEY-----\n";
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new InvalidTlsException(
                    file, "cannot be decrypted with the password of " + settings.keyPasswordFile());
        }
    }

    /** PBES2 is a frame; the parameters print the algorithms in it (JDK-8202837). */
    private static String algorithm(EncryptedPrivateKeyInfo encrypted, AlgorithmParameters parameters) {
        return encrypted.getAlgName().startsWith("PBE")
                        && !encrypted.getAlgName().equals("PBES2")
                ? encrypted.getAlgName()
                : parameters.toString();
    }
}
