package io.sluice.http.listen;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.http.Complaints;
import io.sluice.http.Waiting;
import io.sluice.testing.tls.Identity;
import io.sluice.testing.tls.TestCa;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The listeners' certificates, by real handshakes. */
class ListenerTlsTest {
    private static final TestCa CA = TestCa.create();
    private static final TestCa OTHER_CA = TestCa.create();

    @TempDir
    private Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final Complaints complaints = Complaints.listen();
    private final TlsClients clients = new TlsClients(vertx, CA, OTHER_CA);
    private Identity server;

    @BeforeEach
    void writeFiles() throws IOException {
        server = CA.server();
        write(server);
    }

    @AfterEach
    void close() {
        Waiting.get(vertx.close());
        complaints.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = HttpVersion.class,
            names = {"HTTP_1_1", "HTTP_2"})
    void bothVersionsOfHttpAreSpoken(HttpVersion version) throws Exception {
        int port = listen(load());

        var request = Waiting.get(clients.open(port, version));

        assertThat(request.version()).isEqualTo(version);
        assertThat(Waiting.get(request.send()).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void theProtocolsInUseAreSpoken(String protocol) throws Exception {
        int port = listen(load());

        var request = Waiting.get(clients.open(port, protocol));

        assertThat(request.connection().sslSession().getProtocol()).isEqualTo(protocol);
        assertThat(Waiting.get(request.send()).statusCode()).isEqualTo(200);
    }

    @Test
    void olderProtocolsAreNot() throws Exception {
        assertThat(load().options().getEnabledSecureTransportProtocols())
                .containsExactlyInAnyOrder("TLSv1.2", "TLSv1.3");
    }

    @Test
    void aChangedFileIsForNewConnectionsAndLeavesOpenOnesAlone() throws Exception {
        var tls = load();
        int port = listen(tls);
        var old = Waiting.get(clients.open(port, HttpVersion.HTTP_1_1));
        var renewed = OTHER_CA.server();

        write(renewed);
        assertThat(tls.reload()).isTrue();

        awaitShown(port, renewed);
        assertThat(TlsClients.certificateOf(old.connection())).isEqualTo(server.certificate());
        assertThat(Waiting.get(old.send()).statusCode()).isEqualTo(200);
    }

    @Test
    void aSwappedLinkIsAChangeAsInKubernetes() throws Exception {
        var first = Files.createDirectory(folder.resolve("..first"));
        var second = Files.createDirectory(folder.resolve("..second"));
        var renewed = CA.server();
        writeTo(first, server);
        writeTo(second, renewed);
        var data = Files.createSymbolicLink(folder.resolve("..data"), first.getFileName());
        for (var name : List.of("cert.pem", "key.pem")) {
            Files.delete(folder.resolve(name));
            Files.createSymbolicLink(folder.resolve(name), Path.of("..data", name));
        }
        var tls = load();
        int port = listen(tls);
        assertThat(clients.shown(port)).isEqualTo(server.certificate());

        Files.move(
                Files.createSymbolicLink(folder.resolve("..data_tmp"), second.getFileName()),
                data,
                StandardCopyOption.ATOMIC_MOVE);
        var stop = tls.follow(vertx);

        awaitShown(port, renewed);
        stop.run();
    }

    @Test
    void aBadFileLeavesEverythingAsItIsWithOneWarning() throws Exception {
        var tls = load();
        int port = listen(tls);
        Files.writeString(cert(), "half a certif");

        assertThat(tls.reload()).isFalse();
        assertThat(tls.reload()).isFalse();

        assertThat(complaints.take()).singleElement().asString().contains("certificates changed and cannot be used");
        assertThat(clients.shown(port)).isEqualTo(server.certificate());
        var renewed = CA.server();
        Files.writeString(cert(), renewed.certificates());
        tls.reload();
        assertThat(complaints.take()).as("the key is still the old one").hasSize(1);
        write(renewed);
        tls.reload();
        awaitShown(port, renewed);
    }

    @Test
    void whereClientsNeedACertificateNobodyElseGetsAConnection() throws Exception {
        int port = listen(forClients(true));

        assertThat(Waiting.get(clients.getAs(CA.client("shop"), port))).isEqualTo("CN=shop");
        assertThat(failure(clients.get(port))).isNotNull();
        assertThat(failure(clients.getAs(OTHER_CA.client("shop"), port))).isNotNull();
        assertThat(complaints.take()).as("the clients' own").allMatch(line -> line.contains("SSLHandshakeException"));
    }

    @Test
    void whereTheyMayHaveOneOthersGetInToo() throws Exception {
        int port = listen(forClients(false));

        assertThat(Waiting.get(clients.getAs(CA.client("shop"), port))).isEqualTo("CN=shop");
        assertThat(Waiting.get(clients.get(port))).isEqualTo("nobody");
        assertThat(failure(clients.getAs(OTHER_CA.client("shop"), port))).isNotNull();
        assertThat(complaints.take()).as("the client's own").allMatch(line -> line.contains("SSLHandshakeException"));
    }

    private ListenerTls load() throws InvalidTlsException {
        return ListenerTls.load(new TlsSettings(cert(), key(), null, null, false));
    }

    private ListenerTls forClients(boolean required) throws Exception {
        var ca = Files.writeString(folder.resolve("clients.pem"), CA.certificate());
        return ListenerTls.load(new TlsSettings(cert(), key(), null, ca, required));
    }

    /** Answers with the name of the client's certificate. */
    private int listen(ListenerTls tls) {
        var listeners = new Listeners(vertx, new HttpServerOptions(), tls);
        Waiting.get(listeners.open(ListenAddress.tcp(List.of("localhost"), 0), request -> {
            try {
                var name = ((X509Certificate)
                                request.connection().peerCertificates().get(0))
                        .getSubjectX500Principal()
                        .getName();
                request.response().end(name);
            } catch (SSLPeerUnverifiedException none) {
                request.response().end("nobody");
            }
        }));
        return listeners.port();
    }

    private static Throwable failure(Future<?> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .handle((result, cause) -> cause)
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }

    private void awaitShown(int port, Identity identity) {
        Awaitility.await().until(() -> clients.shown(port).equals(identity.certificate()));
    }

    private void write(Identity identity) throws IOException {
        writeTo(folder, identity);
    }

    private static void writeTo(Path target, Identity identity) throws IOException {
        Files.writeString(target.resolve("cert.pem"), identity.certificates());
        Files.writeString(target.resolve("key.pem"), identity.key());
    }

    private Path cert() {
        return folder.resolve("cert.pem");
    }

    private Path key() {
        return folder.resolve("key.pem");
    }
}
