package io.sluice.http.listen;

import io.sluice.auth.tls.PemException;
import java.nio.file.Path;

/** TLS material that cannot be used. */
public final class InvalidTlsException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Path file;
    private final String problem;

    private InvalidTlsException(Path file, String problem) {
        this.file = file;
        this.problem = problem;
    }

    /** @param why of a file, as all TLS material of listeners is */
    static InvalidTlsException of(PemException why) {
        return new InvalidTlsException(Path.of(why.source().textOrPath()), why.reason());
    }

    /** One line that names file and problem. */
    @Override
    public String getMessage() {
        return file + ": " + problem;
    }

    /** The file to look at. */
    public Path file() {
        return file;
    }

    /** What is wrong with it; holds nothing of its content. */
    public String problem() {
        return problem;
    }
}
