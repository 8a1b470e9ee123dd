package io.sluice.auth.tls;

/** A PEM that cannot be used. The message names its field, its file and what is wrong, and nothing of its content. */
public final class PemException extends IllegalArgumentException {
    private final PemSource source;
    private final String reason;

    PemException(PemSource source, String reason) {
        super(source + " " + reason);
        this.source = source;
        this.reason = reason;
    }

    /** The one at fault. */
    public PemSource source() {
        return source;
    }

    /** What is wrong with it, such as {@code holds no certificate}. */
    public String reason() {
        return reason;
    }
}
