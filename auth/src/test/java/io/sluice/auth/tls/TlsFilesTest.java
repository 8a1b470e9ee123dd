package io.sluice.auth.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.sluice.testing.tls.Identity;
import io.sluice.testing.tls.TestCa;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class TlsFilesTest {
    private static final TestCa CA = TestCa.create();
    private static final Identity FIRST = CA.client("first");
    private static final Identity SECOND = CA.client("second");

    @TempDir
    Path folder;

    private Path ca;
    private Path cert;
    private Path key;
    private TlsFiles files;

    @BeforeEach
    void write() throws IOException {
        ca = folder.resolve("ca.pem");
        cert = folder.resolve("tls.crt");
        key = folder.resolve("tls.key");
        files = files(ca, cert, key);
        Files.writeString(ca, CA.certificate());
        write(FIRST);
    }

    @Test
    void whatDoesNotChangeStaysTheSame() {
        assertThat(files.current()).isSameAs(files.current());
    }

    @Test
    void aNewCertificateAndItsKeyAreTaken() throws IOException {
        assertThat(own(files)).isEqualTo(FIRST.certificate());

        write(SECOND);

        assertThat(own(files)).isEqualTo(SECOND.certificate());
    }

    @Test
    void aFileThatIsReplacedByOneWithTheSameTimeIsNoticed() throws IOException {
        files.current();
        Path next = Files.writeString(folder.resolve("next"), TestCa.create().certificate());
        Files.setLastModifiedTime(next, Files.getLastModifiedTime(ca));
        TlsMaterial before = files.current();

        Files.move(next, ca, StandardCopyOption.ATOMIC_MOVE);

        assertThat(files.current()).isNotSameAs(before);
    }

    /** Kubernetes: {@code tls.crt -> ..data/tls.crt}, {@code ..data -> ..2026_1}, and the latter link is swapped. */
    @Test
    void aSwappedLinkIsNoticed() throws IOException {
        Path mount = Files.createDirectory(folder.resolve("mount"));
        Path data = mount.resolve("..data");
        Files.createSymbolicLink(data, version(mount, "..2026_1", FIRST));
        for (String name : new String[] {"ca.pem", "tls.crt", "tls.key"}) {
            Files.createSymbolicLink(mount.resolve(name), Path.of("..data", name));
        }
        TlsFiles mounted = files(mount.resolve("ca.pem"), mount.resolve("tls.crt"), mount.resolve("tls.key"));
        assertThat(own(mounted)).isEqualTo(FIRST.certificate());

        Path swapped = Files.createSymbolicLink(mount.resolve("..data_tmp"), version(mount, "..2026_2", SECOND));
        Files.move(swapped, data, StandardCopyOption.ATOMIC_MOVE);

        assertThat(own(mounted)).isEqualTo(SECOND.certificate());
    }

    @Test
    void untilKeyAndCertificateFitTheFormerOnesStay() throws IOException {
        TlsMaterial before = files.current();

        Files.writeString(cert, SECOND.certificates());
        assertThat(files.current()).isSameAs(before);

        Files.writeString(key, SECOND.key());
        assertThat(own(files)).isEqualTo(SECOND.certificate());
    }

    @Test
    void rootsThatAreHalfWrittenLeaveTheFormerOnes() throws IOException {
        TlsMaterial before = files.current();
        String two = CA.certificate() + TestCa.create().certificate();

        Files.writeString(ca, two.substring(0, two.length() - 50));
        assertThat(files.current()).isSameAs(before);
        Files.delete(ca);
        assertThat(files.current()).isSameAs(before);

        Files.writeString(ca, two);
        assertThat(trusted(files.current())).hasSize(2);
    }

    @Test
    void whatIsDamagedIsLoggedOnceWithItsFieldAndFileAndAgainAfterItWasMended() throws IOException {
        var appender = new ListAppender<ILoggingEvent>();
        var logger = (Logger) LoggerFactory.getLogger(TlsFiles.class);
        appender.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(appender);
        files.current();

        Files.writeString(key, "-----BEGIN PRIVATE KEY-----\n");
        files.current();
        files.current();
        write(SECOND);
        files.current();
        Files.writeString(key, "-----BEGIN PRIVATE KEY-----\n");
        files.current();
        logger.detachAppender(appender);
        logger.setLevel(null);

        assertThat(appender.list)
                .extracting(ILoggingEvent::getLevel)
                .containsExactly(Level.WARN, Level.INFO, Level.WARN);
        assertThat(appender.list.get(0).getKeyValuePairs())
                .extracting(pair -> pair.key + "=" + pair.value)
                .containsExactly(
                        "field=clientKey", "reason=clientKey (" + key + ") is cut off: a PEM block has no end");
    }

    @Test
    void withoutFormerOnesTheFaultIsSaidUntilItIsMended() throws IOException {
        Files.writeString(key, SECOND.key());
        assertThatThrownBy(files::current)
                .isInstanceOf(PemException.class)
                .hasMessage("clientKey (" + key + ") does not fit clientCert (" + cert + ")");

        Files.writeString(cert, SECOND.certificates());

        assertThat(own(files)).isEqualTo(SECOND.certificate());
    }

    @Test
    void theChainIsSentInOrderHoweverTheFileHasIt() throws IOException {
        TestCa intermediate = CA.intermediate();
        Identity leaf = intermediate.client("leaf");
        Files.writeString(cert, intermediate.certificate() + TestCa.create().certificate() + leaf.certificates());
        Files.writeString(key, leaf.key());

        X509Certificate[] chain = chain(files);

        assertThat(chain.length).isEqualTo(2);
        assertThat(chain[0]).isEqualTo(leaf.certificate());
        assertThat(chain[1].getSubjectX500Principal())
                .isEqualTo(leaf.certificate().getIssuerX500Principal());
    }

    @Test
    void aKeyThatBecomesEncryptedIsTakenOnceItsPasswordIsInItsFile() throws IOException {
        Path password = folder.resolve("password");
        TlsFiles locked = files(ca, cert, key, new KeyPassword.InFile("clientKeyPassword", password));
        assertThat(own(locked)).as("without a need for one").isEqualTo(FIRST.certificate());

        Files.writeString(cert, SECOND.certificates());
        Files.writeString(key, SECOND.encryptedKey("pass word"));
        assertThat(own(locked)).isEqualTo(FIRST.certificate());

        Files.writeString(password, "pass word\n");
        assertThat(own(locked)).isEqualTo(SECOND.certificate());
    }

    @Test
    void withoutRootsThoseOfTheSystemCount() {
        assertThat(new TlsFiles(null, null).current()).isEqualTo(new TlsMaterial(null, null));
    }

    private void write(Identity identity) throws IOException {
        Files.writeString(cert, identity.certificates());
        Files.writeString(key, identity.key());
    }

    private static Path version(Path mount, String name, Identity identity) throws IOException {
        Path version = Files.createDirectory(mount.resolve(name));
        Files.writeString(version.resolve("ca.pem"), CA.certificate());
        Files.writeString(version.resolve("tls.crt"), identity.certificates());
        Files.writeString(version.resolve("tls.key"), identity.key());
        return Path.of(name);
    }

    private static TlsFiles files(Path ca, Path cert, Path key) {
        return files(ca, cert, key, null);
    }

    private static TlsFiles files(Path ca, Path cert, Path key, @Nullable KeyPassword password) {
        var identity = new PemIdentity(
                new PemSource("clientCert", cert.toString()), new PemSource("clientKey", key.toString()), password);
        return new TlsFiles(new PemSource("caCert", ca.toString()), identity);
    }

    private static X509Certificate own(TlsFiles files) {
        return chain(files)[0];
    }

    private static X509Certificate[] chain(TlsFiles files) {
        return Objects.requireNonNull(files.current().keyManager()).getCertificateChain("own");
    }

    private static X509Certificate[] trusted(TlsMaterial material) {
        return Objects.requireNonNull(material.trustManager()).getAcceptedIssuers();
    }
}
