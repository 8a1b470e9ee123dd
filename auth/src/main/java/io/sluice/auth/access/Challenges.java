package io.sluice.auth.access;

/**
 * How callers are told to say who they are.
 *
 * @param apiToken whether they can by the {@code dapr-api-token}
 * @param bearer whether they can by a bearer token
 * @param certificate whether they can by a client certificate
 */
record Challenges(boolean apiToken, boolean bearer, boolean certificate) {
    static final Challenges NONE = new Challenges(false, false, false);

    private static final String BEARER = "Bearer realm=\"sluice\"";

    /** Whether nobody is asked. */
    boolean isEmpty() {
        return !apiToken && !bearer && !certificate;
    }

    /** Dapr's own words where there is a {@code dapr-api-token}: its clients may look for them. */
    Refusal nothingShown() {
        if (apiToken) {
            return wrongApiToken();
        }
        return unauthenticated(bearer ? "missing bearer token" : "missing client certificate", bearer ? BEARER : "");
    }

    Refusal wrongApiToken() {
        return unauthenticated("invalid api token", bearer ? BEARER : "");
    }

    /** @param reason a fixed text without quotes */
    Refusal wrongBearer(String reason) {
        return unauthenticated(
                "invalid bearer token: " + reason,
                BEARER + ", error=\"invalid_token\", error_description=\"" + reason + '"');
    }

    private static Refusal unauthenticated(String message, String challenge) {
        return new Refusal(Refusal.Kind.UNAUTHENTICATED, message, challenge);
    }
}
