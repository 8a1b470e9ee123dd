package io.sluice.auth.access;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.security.auth.x500.X500Principal;

/**
 * Whom a client's certificate names.
 *
 * @param names its subject alternative names, as {@link AlternativeName} writes them
 */
record ClientCertificate(X500Principal subject, Set<String> names) {

    static ClientCertificate of(X509Certificate certificate) {
        return new ClientCertificate(certificate.getSubjectX500Principal(), names(certificate));
    }

    private static Set<String> names(X509Certificate certificate) {
        var names = new HashSet<String>();
        try {
            var entries = certificate.getSubjectAlternativeNames();
            if (entries != null) {
                entries.forEach(entry -> add(entry, names));
            }
        } catch (CertificateParsingException unreadable) {
            // Names that cannot be read grant nothing.
            return Set.of();
        }
        return names;
    }

    /** An entry is the number of its kind and then its text, or its bytes for the kinds that have none. */
    private static void add(List<?> entry, Set<String> names) {
        if (entry.get(1) instanceof String text) {
            AlternativeName.ofKind((Integer) entry.get(0)).ifPresent(kind -> names.add(kind.write(text)));
        }
    }
}
