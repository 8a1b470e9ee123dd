package io.sluice.it.auth;

import static io.sluice.it.auth.RoundTrip.eventually;

import io.sluice.it.gateway.Component;
import io.sluice.it.gateway.TestGateway;
import io.sluice.testing.tls.Identity;
import io.sluice.testing.tls.TestCa;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Certificates that change on disk while the gateway runs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TlsReloadIT {
    private final TestCa ca = TestCa.create();
    private final TestCa former = TestCa.create();
    private final TestCa next = TestCa.create();
    private final Path mount = TestGateway.folderWith(Map.of()).toAbsolutePath();
    private final Door door = Door.mutualTls("MTLS", ca.server(), former.certificate());
    private SecureKafka kafka;

    @BeforeAll
    void start() {
        kafka = SecureKafka.start(door);
    }

    @AfterAll
    void stop() {
        kafka.close();
    }

    /** Each restart of the broker ends all connections; from the second on it takes the next certificates alone. */
    @Test
    void newConnectionsHaveTheNewCertificatesAndHalfAFileLeavesTheFormerOnes() throws IOException {
        Component binding = binding(version("..1", former.client("former"), Integer.MAX_VALUE));
        try (RoundTrip trip = new RoundTrip(List.of(binding))) {
            trip.assertStored("mounted");

            swap(version("..2", next.client("next"), 100));
            kafka.restart(door);
            eventually().untilAsserted(() -> trip.assertStored("mounted"));

            swap(version("..3", next.client("next"), Integer.MAX_VALUE));
            kafka.restart(door.trusting(next.certificate()));
            eventually().untilAsserted(() -> trip.assertStored("mounted"));
            eventually().until(() -> trip.deliveries("mounted").size() == 3);
        }
    }

    /** Files as Kubernetes mounts them: links to {@code ..data}, which is a link to a folder. */
    private Component binding(Path version) throws IOException {
        Files.createSymbolicLink(mount.resolve("..data"), version);
        Component binding = RoundTrip.binding(kafka, "MTLS", "mounted")
                .with("authType", "mtls")
                .with("caCert", ca.certificate());
        for (String field : List.of("clientCert", "clientKey")) {
            Path file = Files.createSymbolicLink(mount.resolve(field), Path.of("..data", field));
            binding = binding.with(field, file.toString());
        }
        return binding;
    }

    private void swap(Path version) throws IOException {
        Path link = Files.createSymbolicLink(mount.resolve("..data_tmp"), version);
        Files.move(link, mount.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
    }

    /** @param length how much of the certificate has been written */
    private Path version(String name, Identity identity, int length) throws IOException {
        Path folder = Files.createDirectory(mount.resolve(name));
        String certificates = identity.certificates();
        Files.writeString(folder.resolve("clientKey"), identity.key());
        Files.writeString(
                folder.resolve("clientCert"), certificates.substring(0, Math.min(length, certificates.length())));
        return Path.of(name);
    }
}
