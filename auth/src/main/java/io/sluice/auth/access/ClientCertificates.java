package io.sluice.auth.access;

/** What a client's certificate is good for. */
public enum ClientCertificates {
    /** Nobody is asked for one. */
    NONE,
    /** Whoever has one needs no token. */
    OPTIONAL,
    /** Nobody gets a connection without; where there are tokens too, he needs one in addition. */
    REQUIRED
}
