package io.sluice.app.settings;

import io.sluice.app.settings.Settings.Entrance;
import io.sluice.auth.access.AccessSettings;
import io.sluice.auth.access.ClientCertificates;
import io.sluice.auth.access.Grants;
import io.sluice.auth.access.OidcSettings;
import io.sluice.core.binding.Secret;
import io.sluice.http.listen.InvalidTlsException;
import io.sluice.http.listen.ListenerTls;
import io.sluice.http.listen.TlsSettings;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads who may call the APIs, and checks that it fits together. Blocks while it reads files. */
final class EntranceReader {
    private final FlagReader flags;
    private final @Nullable Secret apiToken;
    private final Grants grants;

    /** Whether clients without a certificate get a connection. */
    private enum ClientAuth {
        REQUIRED,
        OPTIONAL
    }

    EntranceReader(FlagReader flags, @Nullable Secret apiToken, Grants grants) {
        this.flags = flags;
        this.apiToken = apiToken;
        this.grants = grants;
    }

    Entrance read() {
        TlsSettings tls = tls();
        OidcSettings oidc = oidc();
        checkGrants(tls, oidc);
        return new Entrance(new AccessSettings(apiToken, certificates(tls), oidc, grants), tls);
    }

    private @Nullable TlsSettings tls() {
        needs(Flag.TLS_CLIENT_CA, Flag.TLS_CLIENT_AUTH);
        needs(Flag.TLS_CERT, Flag.TLS_KEY, Flag.TLS_KEY_PASSWORD_FILE, Flag.TLS_CLIENT_CA);
        Optional<Path> certificate = path(Flag.TLS_CERT);
        Optional<Path> key = path(Flag.TLS_KEY);
        if (certificate.isPresent() && key.isEmpty()) {
            flags.reject(Flag.TLS_CERT, "has no effect without " + Flag.TLS_KEY.option());
        }
        if (certificate.isEmpty() || key.isEmpty()) {
            return null;
        }
        var tls = new TlsSettings(
                certificate.get(),
                key.get(),
                path(Flag.TLS_KEY_PASSWORD_FILE).orElse(null),
                path(Flag.TLS_CLIENT_CA).orElse(null),
                flags.choice(Flag.TLS_CLIENT_AUTH, ClientAuth.class) == ClientAuth.REQUIRED);
        check(tls);
        return tls;
    }

    /** Each of {@code flags} means nothing without {@code needed}. */
    private void needs(Flag needed, Flag... dependent) {
        if (!flags.isGiven(needed)) {
            Stream.of(dependent)
                    .filter(flags::isGiven)
                    .forEach(flag -> flags.reject(flag, "has no effect without " + needed.option()));
        }
    }

    private void check(TlsSettings tls) {
        try {
            ListenerTls.check(tls);
        } catch (InvalidTlsException e) {
            Flag culprit = Stream.of(Flag.TLS_KEY, Flag.TLS_KEY_PASSWORD_FILE, Flag.TLS_CLIENT_CA)
                    .filter(flag -> path(flag).filter(e.file()::equals).isPresent())
                    .findFirst()
                    .orElse(Flag.TLS_CERT);
            flags.reject(culprit, e.file() + " " + e.problem());
        }
    }

    private static ClientCertificates certificates(@Nullable TlsSettings tls) {
        if (tls == null || tls.clientCa() == null) {
            return ClientCertificates.NONE;
        }
        return tls.clientRequired() ? ClientCertificates.REQUIRED : ClientCertificates.OPTIONAL;
    }

    private @Nullable OidcSettings oidc() {
        needs(Flag.OIDC_ISSUER, Flag.OIDC_AUDIENCE, Flag.OIDC_JWKS_URL, Flag.OIDC_CA);
        if (!flags.isGiven(Flag.OIDC_ISSUER)) {
            return null;
        }
        Optional<String> issuer = url(Flag.OIDC_ISSUER);
        Optional<String> jwksUrl = url(Flag.OIDC_JWKS_URL);
        Buffer trusted = path(Flag.OIDC_CA).map(this::certificatesOf).orElse(null);
        List<String> audiences = flags.list(Flag.OIDC_AUDIENCE);
        if (audiences.isEmpty()) {
            flags.reject(
                    Flag.OIDC_AUDIENCE,
                    "missing (the name by which tokens mean this gateway; without it a token for anybody would do)");
        }
        return issuer.map(name -> new OidcSettings(name, Set.copyOf(audiences), jwksUrl.orElse(null), trusted))
                .orElse(null);
    }

    private @Nullable Buffer certificatesOf(Path file) {
        try {
            byte[] pem = Files.readAllBytes(file);
            if (CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem))
                    .isEmpty()) {
                flags.reject(Flag.OIDC_CA, file + " holds no PEM certificate");
            }
            return Buffer.buffer(pem);
        } catch (IOException e) {
            flags.reject(Flag.OIDC_CA, file + " cannot be read");
        } catch (CertificateException e) {
            flags.reject(Flag.OIDC_CA, file + " holds no PEM certificate");
        }
        return null;
    }

    /** A grant to callers who cannot be recognised is a mistake. */
    private void checkGrants(@Nullable TlsSettings tls, @Nullable OidcSettings oidc) {
        if (grants.nameBearers() && oidc == null) {
            grantNeeds("a subject or a claim", Flag.OIDC_ISSUER.option());
        }
        if (grants.nameCertificates() && (tls == null || tls.clientCa() == null)) {
            grantNeeds("a client certificate", Flag.TLS_CLIENT_CA.option());
        }
        if (grants.nameApiToken() && apiToken == null) {
            grantNeeds("dapr-api-token", "DAPR_API_TOKEN");
        }
    }

    private void grantNeeds(String kind, String needed) {
        String file = Objects.toString(flags.text(Flag.CONFIG).orElse(null), Flag.CONFIG.option());
        flags.addProblems(List.of(file + ": sluice.grants: a grant to " + kind + " has no effect without " + needed));
    }

    private Optional<Path> path(Flag flag) {
        return flags.text(flag).map(Path::of);
    }

    private Optional<String> url(Flag flag) {
        return flags.text(flag).filter(text -> {
            boolean valid = isUrl(text);
            if (!valid) {
                flags.reject(flag, "not the URL of a server (such as https://login.example.com/shop)");
            }
            return valid;
        });
    }

    private static boolean isUrl(String text) {
        try {
            URI url = URI.create(text);
            return url.getHost() != null && ("https".equals(url.getScheme()) || "http".equals(url.getScheme()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
