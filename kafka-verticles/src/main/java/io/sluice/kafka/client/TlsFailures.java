package io.sluice.kafka.client;

import io.sluice.core.binding.AuthSettings.Tls;
import java.security.SignatureException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * What a failed TLS handshake means to an operator. The JDK tells most cases apart by type; of names that do not match and
 * of a peer's alerts (RFC 8446, section 6) there is only the text.
 */
final class TlsFailures {
    private static final String ALERT = "Received fatal alert: ";
    /** What peers send when they do not like, or miss, a certificate; {@code handshake_failure} stands for much else too. */
    private static final Set<String> ABOUT_CERTIFICATES = Set.of(
            "bad_certificate",
            "certificate_required",
            "certificate_unknown",
            "certificate_expired",
            "certificate_revoked",
            "unsupported_certificate",
            "unknown_ca",
            "access_denied",
            "decrypt_error",
            "handshake_failure");

    private final String brokers;
    private final Tls tls;

    TlsFailures(String brokers, Tls tls) {
        this.brokers = brokers;
        this.tls = tls;
    }

    String of(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            String meaning = meaning(cause);
            if (meaning != null) {
                return "kafka at " + brokers + ": " + meaning;
            }
        }
        return "kafka at " + brokers + ": TLS fails: " + KafkaFailures.message(error);
    }

    /** The alert that ended a handshake, null when it was something else. */
    static @Nullable String alert(Throwable cause) {
        String text = cause.getMessage();
        return text != null && text.startsWith(ALERT) ? text.substring(ALERT.length()) : null;
    }

    private @Nullable String meaning(Throwable cause) {
        if (cause instanceof CertificateExpiredException || cause instanceof CertificateNotYetValidException) {
            return outOfTime(cause);
        }
        // By an authority that is not known, or that only has the name of one that is.
        if (cause instanceof CertPathBuilderException
                || cause instanceof SignatureException
                || cause instanceof CertPathValidatorException && cause.getCause() == null) {
            return untrusted(cause);
        }
        if (cause instanceof CertificateException && isAboutNames(KafkaFailures.message(cause))) {
            return "the broker's certificate is for another host (" + KafkaFailures.message(cause)
                    + "); look at brokers: they must be named as their certificates name them";
        }
        return cause instanceof SSLException ? peer(cause) : null;
    }

    private static String outOfTime(Throwable cause) {
        boolean expired = cause instanceof CertificateExpiredException;
        return "the broker's certificate " + (expired ? "has expired" : "is not valid yet") + " (" + cause.getMessage()
                + "); it must be renewed there, unless the clock is wrong here";
    }

    private String untrusted(Throwable cause) {
        String look = tls.caCert() == null
                ? "set caCert, unless one of the system's roots should vouch for it"
                : "look at caCert: it does not vouch for it";
        return "the broker's certificate is not trusted (" + cause.getMessage() + "); " + look;
    }

    private static boolean isAboutNames(String text) {
        return text.contains("subject alternative") || text.startsWith("No name matching");
    }

    private @Nullable String peer(Throwable cause) {
        String alert = alert(cause);
        if (alert != null && ABOUT_CERTIFICATES.contains(alert)) {
            return tls.clientCert() == null
                    ? "the broker demands a client certificate (" + alert
                            + "); look at authType: mtls, with clientCert and clientKey, has one"
                    : "the broker refuses the client certificate (" + alert
                            + "); look at clientCert and clientKey: they must belong together, be valid today, and come "
                            + "from an authority that the broker trusts";
        }
        return "Unsupported or unrecognized SSL message".equals(cause.getMessage())
                ? "what listens there does not speak TLS; look at brokers and disableTls"
                : null;
    }
}
