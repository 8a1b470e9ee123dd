package io.sluice.core.component.kafka;

import java.util.Locale;

/** The values of {@code authType}. */
enum AuthType {
    NONE,
    PASSWORD,
    MTLS,
    CERTIFICATE,
    OIDC,
    OIDC_PRIVATE_KEY_JWT,
    AWSIAM;

    /** As component files spell it. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
