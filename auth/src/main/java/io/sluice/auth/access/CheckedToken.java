package io.sluice.auth.access;

/** What came of looking at a bearer token. */
sealed interface CheckedToken {
    /** It is the issuer's, for us, and in force. */
    record Valid(Claims claims) implements CheckedToken {}

    /** @param reason a fixed text without quotes, for the caller */
    record Invalid(String reason) implements CheckedToken {}

    /** It cannot be told. */
    record Unknown(String reason) implements CheckedToken {}
}
