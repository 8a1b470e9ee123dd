package io.sluice.it.auth;

import io.sluice.it.gateway.TestGateway;
import io.sluice.testing.tls.Identity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The files that a front door is configured with, in a folder of its own. */
record FrontDoorFiles(Path folder) {

    static FrontDoorFiles create() {
        return new FrontDoorFiles(TestGateway.folderWith(Map.of()));
    }

    /** Makes it the listeners' certificate: the certificate first, the key a moment later, as renewals do. */
    FrontDoorFiles serve(Identity identity) {
        write("tls.crt", identity.certificates());
        write("tls.key", identity.key());
        return this;
    }

    /** @return the flag that names the file */
    String file(String flag, String name, String text) {
        return "--" + flag + "=" + write(name, text);
    }

    String certificateFlag() {
        return "--tls-cert=" + folder.resolve("tls.crt");
    }

    String keyFlag() {
        return "--tls-key=" + folder.resolve("tls.key");
    }

    private Path write(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
