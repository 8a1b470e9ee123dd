package io.sluice.it.auth;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A certificate of 127.0.0.1 that is its own root, and its key, as PEM texts. */
record ServerCertificate(String certificate, String key) {

    static ServerCertificate create(Path folder) {
        Path key = folder.resolve("key.pem");
        Path certificate = folder.resolve("certificate.pem");
        try {
            Files.createDirectories(folder);
            Process openssl = new ProcessBuilder(
                            "openssl",
                            "req",
                            "-x509",
                            "-newkey",
                            "rsa:2048",
                            "-nodes",
                            "-days",
                            "2",
                            "-subj",
                            "/CN=127.0.0.1",
                            "-addext",
                            "subjectAltName=IP:127.0.0.1",
                            "-keyout",
                            key.toString(),
                            "-out",
                            certificate.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (openssl.waitFor() != 0) {
                throw new IllegalStateException("openssl makes no certificate");
            }
            return new ServerCertificate(Files.readString(certificate), Files.readString(key));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
