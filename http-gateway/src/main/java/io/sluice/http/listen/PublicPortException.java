package io.sluice.http.listen;

import java.net.BindException;

/** The public port cannot be listened on; the message says why. */
public final class PublicPortException extends BindException {
    private static final long serialVersionUID = 1L;

    public PublicPortException(Throwable cause) {
        super(String.valueOf(cause.getMessage()));
        initCause(cause);
    }
}
