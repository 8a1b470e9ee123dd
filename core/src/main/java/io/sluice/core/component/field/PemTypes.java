package io.sluice.core.component.field;

import io.sluice.core.binding.Secret;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Fields that hold a PEM text or the path of a file with one. The value stays as written, so that a file can be read
 * again when it changes.
 */
public final class PemTypes {
    private static final Pattern CERTIFICATE =
            Pattern.compile("-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----");
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN ((?:RSA |EC |ENCRYPTED )?PRIVATE KEY)-----[^-]*(?:-[^-]+)*-----END \\1-----");
    private static final int LARGEST_FILE = 1 << 20;

    private PemTypes() {}

    public static FieldType<String> certificates() {
        return FieldTypes.open(
                "PEM or path",
                "must be PEM certificates or the path of a readable file of them",
                text -> Optional.of(text).filter(PemTypes::holdsCertificates));
    }

    /** Certificates that nobody needs to see. */
    public static FieldType<Secret> secretCertificates() {
        FieldType<String> open = certificates();
        return new FieldType<>(open.label() + ", secret", open.allowed(), true, text -> open.parse(text)
                .map(Secret::new));
    }

    public static FieldType<Secret> privateKey() {
        return new FieldType<>(
                "PEM or path, secret",
                "must be a PEM private key or the path of a readable file with one",
                true,
                text -> content(text).filter(pem -> KEY.matcher(pem).find()).map(pem -> new Secret(text)));
    }

    /** Whether the key of this field, a text or a path, is protected by a password. */
    public static boolean isEncrypted(String keyField) {
        return contains(keyField, "-----BEGIN ENCRYPTED PRIVATE KEY-----");
    }

    /** Whether the key of this field is protected as RFC 1421 has it, which OpenSSL did before PKCS #8. */
    public static boolean isEncryptedInTheOldForm(String keyField) {
        return contains(keyField, "Proc-Type: 4,ENCRYPTED");
    }

    private static boolean contains(String field, String marker) {
        return content(field).filter(pem -> pem.contains(marker)).isPresent();
    }

    private static boolean holdsCertificates(String text) {
        var found = CERTIFICATE.matcher(content(text).orElse(""));
        boolean any = false;
        while (found.find()) {
            if (!isCertificate(found.group())) {
                return false;
            }
            any = true;
        }
        return any;
    }

    private static boolean isCertificate(String pem) {
        try {
            var bytes = new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII));
            return !CertificateFactory.getInstance("X.509")
                    .generateCertificates(bytes)
                    .isEmpty();
        } catch (CertificateException e) {
            return false;
        }
    }

    private static Optional<String> content(String textOrPath) {
        if (textOrPath.contains("-----BEGIN ")) {
            return Optional.of(textOrPath);
        }
        try {
            Path file = Path.of(textOrPath.strip());
            return Files.isRegularFile(file) && Files.size(file) <= LARGEST_FILE
                    ? Optional.of(Files.readString(file, StandardCharsets.ISO_8859_1))
                    : Optional.empty();
        } catch (IOException | InvalidPathException e) {
            return Optional.empty();
        }
    }
}
