package io.sluice.core.component.kafka;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The values of {@code authType}. */
enum AuthType {
    NONE,
    PASSWORD,
    MTLS,
    CERTIFICATE,
    OIDC,
    OIDC_PRIVATE_KEY_JWT,
    AWSIAM;

    /** The types that a gateway of this version can log in with; components with others are refused. */
    private static final Set<AuthType> AVAILABLE = EnumSet.complementOf(EnumSet.of(AWSIAM));

    boolean isAvailable() {
        return AVAILABLE.contains(this);
    }

    static String available() {
        return AVAILABLE.stream().map(AuthType::label).collect(Collectors.joining(", "));
    }

    /** As component files spell it. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
