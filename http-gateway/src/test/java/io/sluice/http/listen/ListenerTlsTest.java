package io.sluice.http.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.http.Complaints;
import io.sluice.http.Waiting;
import io.sluice.testing.tls.Identity;
import io.sluice.testing.tls.TestCa;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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
    private final List<HttpClient> clients = new ArrayList<>();
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

        var request = Waiting.get(open(client(version), port));

        assertThat(request.version()).isEqualTo(version);
        assertThat(Waiting.get(request.send()).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void theProtocolsInUseAreSpoken(String protocol) throws Exception {
        int port = listen(load());
        var options = options(HttpVersion.HTTP_1_1).setEnabledSecureTransportProtocols(Set.of(protocol));

        var request = Waiting.get(open(client(options), port));

        assertThat(request.connection().sslSession().getProtocol()).isEqualTo(protocol);
        assertThat(Waiting.get(request.send()).statusCode()).isEqualTo(200);
    }

    @Test
    void olderProtocolsAreNot() throws Exception {
        assertThat(load().options().getEnabledSecureTransportProtocols()).containsExactlyInAnyOrder("TLSv1.2", "TLSv1.3");
    }

    @Test
    void aChangedFileIsForNewConnectionsAndLeavesOpenOnesAlone() throws Exception {
        var tls = load();
        int port = listen(tls);
        var old = Waiting.get(open(client(HttpVersion.HTTP_1_1), port));
        var renewed = OTHER_CA.server();

        write(renewed);
        tls.reload();

        awaitShown(port, renewed);
        assertThat(old.connection().peerCertificates().get(0)).isEqualTo(server.certificate());
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
        assertThat(shown(port)).isEqualTo(server.certificate());

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

        tls.reload();
        tls.reload();

        assertThat(complaints.take()).singleElement().asString().contains("TLS files cannot be used");
        assertThat(shown(port)).isEqualTo(server.certificate());
        var renewed = CA.server();
        Files.writeString(cert(), renewed.certificates());
        tls.reload();
        assertThat(complaints.take()).as("the key is still the old one").hasSize(1);
        write(renewed);
        tls.reload();
        awaitShown(port, renewed);
    }

    @Test
    void everyFormOfAKeyIsRead() throws Exception {
        var rsa = CA.issue("rsa").forHosts("localhost").rsa().sign();
        var password = Files.writeString(folder.resolve("password"), "pass word\n");
        assertServed(server, server.key(), password);
        assertServed(server, server.encryptedKey("pass word"), password);
        assertServed(rsa, rsa.key(), password);
        assertServed(rsa, rsa.traditionalKey(), password);
        assertServed(rsa, rsa.encryptedKey("pass word"), password);
    }

    private void assertServed(Identity identity, String key, Path password) throws Exception {
        write(identity);
        Files.writeString(key(), key);
        var tls = ListenerTls.load(new TlsSettings(cert(), key(), password, null, false));

        assertThat(shown(listen(tls))).isEqualTo(identity.certificate());
    }

    @Test
    void whatCannotBeUsedIsNamedWithTheReason() throws IOException {
        var encrypted = server.encryptedKey("right");
        var wrong = Files.writeString(folder.resolve("password"), "wrong");
        var rsa = CA.issue("rsa").forHosts("localhost").rsa().sign();

        assertProblem(key(), "is not the key of " + cert(), CA.server().key());
        assertProblem(key(), "is not the key of " + cert(), rsa.key());
        assertProblem(key(), "holds no PEM private key", "nonsense");
        assertProblem(key(), "holds a private key that cannot be read", pem("PRIVATE KEY", "bm9uc2Vuc2U="));
        assertProblem(key(), "is encrypted, and there is no password", encrypted);
        assertProblem(key(), "is encrypted in OpenSSL's old way", server.encryptedTraditionalKey("x"));
        assertProblem(cert(), "holds no PEM certificate", "nonsense");
        assertProblem(cert(), "holds a certificate that cannot be read", pem("CERTIFICATE", "bm9uc2Vuc2U="));
        write(server);
        Files.writeString(key(), encrypted);
        assertThatThrownBy(() -> ListenerTls.load(new TlsSettings(cert(), key(), wrong, null, false)))
                .hasMessage(key() + ": cannot be decrypted with the password of " + wrong);
        Files.delete(key());
        assertThatThrownBy(this::load).hasMessage(key() + ": no such file");
    }

    @Test
    void anExpiredCertificateIsUsedWithAWarning() throws Exception {
        write(CA.issue("late").forHosts("localhost").expired().sign());

        load();

        assertThat(complaints.take()).singleElement().asString().contains("expired");
    }

    @Test
    void whereClientsNeedACertificateNobodyElseGetsAConnection() throws Exception {
        int port = listen(forClients(true));

        assertThat(Waiting.get(exchange(clientWith(CA.client("shop")), port))).isEqualTo("CN=shop");
        for (var stranger : List.of(client(HttpVersion.HTTP_1_1), clientWith(OTHER_CA.client("shop")))) {
            assertThat(failure(exchange(stranger, port))).isNotNull();
        }
        assertThat(complaints.take()).as("the clients' own").allMatch(line -> line.contains("SSLHandshakeException"));
    }

    @Test
    void whereTheyMayHaveOneOthersGetInToo() throws Exception {
        int port = listen(forClients(false));

        assertThat(Waiting.get(exchange(clientWith(CA.client("shop")), port))).isEqualTo("CN=shop");
        assertThat(Waiting.get(exchange(client(HttpVersion.HTTP_1_1), port))).isEqualTo("nobody");
        assertThat(failure(exchange(clientWith(OTHER_CA.client("shop")), port))).isNotNull();
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
        Waiting.get(listeners.open(List.of("localhost"), 0, request -> {
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

    private HttpClient client(HttpVersion version) {
        return client(options(version));
    }

    /** Clients that nobody refers to are closed. */
    private HttpClient client(HttpClientOptions options) {
        var client = vertx.createHttpClient(options);
        clients.add(client);
        return client;
    }

    private HttpClient clientWith(Identity identity) {
        var pair = new PemKeyCertOptions()
                .addCertValue(Buffer.buffer(identity.certificates()))
                .addKeyValue(Buffer.buffer(identity.key()));
        return client(options(HttpVersion.HTTP_1_1).setKeyCertOptions(pair));
    }

    private static HttpClientOptions options(HttpVersion version) {
        return new HttpClientOptions()
                .setSsl(true)
                .setUseAlpn(true)
                .setProtocolVersion(version)
                .setTrustOptions(new PemTrustOptions()
                        .addCertValue(Buffer.buffer(CA.certificate()))
                        .addCertValue(Buffer.buffer(OTHER_CA.certificate())));
    }

    private static Future<HttpClientRequest> open(HttpClient client, int port) {
        return client.request(HttpMethod.GET, port, "localhost", "/");
    }

    private static Future<String> exchange(HttpClient client, int port) {
        return open(client, port)
                .compose(HttpClientRequest::send)
                .compose(response -> response.body().map(Buffer::toString));
    }

    private static Throwable failure(Future<?> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .handle((result, cause) -> cause)
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }

    private Certificate shown(int port) {
        return Waiting.get(open(client(HttpVersion.HTTP_2), port).compose(request -> request.send()
                .map(response -> certificateOf(request.connection()))));
    }

    private static Certificate certificateOf(HttpConnection connection) {
        try {
            return connection.peerCertificates().get(0);
        } catch (SSLPeerUnverifiedException e) {
            throw new AssertionError(e);
        }
    }

    private void awaitShown(int port, Identity identity) {
        Awaitility.await().until(() -> shown(port).equals(identity.certificate()));
    }

    private void assertProblem(Path file, String problem, String content) throws IOException {
        write(server);
        Files.writeString(file, content);
        assertThatThrownBy(this::load)
                .isInstanceOfSatisfying(InvalidTlsException.class, e -> assertThat(e.file()).isEqualTo(file))
                .hasMessageStartingWith(file + ": " + problem);
    }

    private static String pem(String kind, String base64) {
        return Stream.of("-----BEGIN " + kind + "-----", base64, "-----END " + kind + "-----")
                .reduce("", (text, line) -> text + line + "\n");
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
