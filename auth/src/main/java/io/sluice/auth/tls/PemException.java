package io.sluice.auth.tls;

/** A PEM that cannot be used. The message names its field, its file and what is wrong, and nothing of its content. */
public final class PemException extends IllegalArgumentException {
    private final PemSource source;

    PemException(PemSource source, String reason) {
        super(source + " " + reason);
        this.source = source;
    }

    /** The one at fault. */
    public PemSource source() {
        return source;
    }
}
