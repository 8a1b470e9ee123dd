package io.sluice.app.settings;

import io.sluice.auth.access.AccessSettings;
import io.sluice.auth.access.OidcSettings;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** What is allowed at the entrance, but lets in whoever should most likely stay outside. */
final class EntranceWarnings {
    private EntranceWarnings() {}

    static List<String> of(Settings settings) {
        AccessSettings access = settings.entrance().access();
        var warnings = new ArrayList<String>();
        if (!access.authenticates()) {
            settings.api().listenAddresses().stream()
                    .filter(address -> !Loopback.is(address))
                    .map(address -> Flag.DAPR_LISTEN_ADDRESSES.option() + ": ANYONE WHO REACHES " + address
                            + " CAN WRITE TO KAFKA: neither DAPR_API_TOKEN nor " + Flag.OIDC_ISSUER.option() + " nor "
                            + Flag.TLS_CLIENT_CA.option() + " is set")
                    .forEach(warnings::add);
        }
        if (access.oidc() != null) {
            warnOfPlainHttp(access.oidc(), warnings);
        }
        return warnings;
    }

    private static void warnOfPlainHttp(OidcSettings oidc, List<String> warnings) {
        boolean direct = oidc.jwksUrl() != null;
        URI url = URI.create(oidc.jwksUrl() != null ? oidc.jwksUrl() : oidc.issuer());
        if ("http".equals(url.getScheme()) && !Loopback.is(url.getHost())) {
            warnings.add((direct ? Flag.OIDC_JWKS_URL : Flag.OIDC_ISSUER).option()
                    + ": WHOEVER SITS BETWEEN HERE AND " + url.getHost()
                    + " CAN GIVE HIMSELF A TOKEN: the issuer's keys come over plain HTTP");
        }
    }
}
