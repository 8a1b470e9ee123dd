package io.sluice.auth.access;

/**
 * Why a caller is not let in, or not allowed what he asks for.
 *
 * @param message for the caller; never holds what he sent but for the name of the binding
 * @param challenge the value of {@code www-authenticate} (RFC 6750, 3), empty where bearer tokens do not help
 */
public record Refusal(Kind kind, String message, String challenge) {

    /** What an answer has to distinguish. */
    public enum Kind {
        /** It is not known who he is. */
        UNAUTHENTICATED,
        /** He may not do that. */
        FORBIDDEN,
        /** At the moment nobody can tell who he is. */
        UNAVAILABLE
    }
}
