package io.sluice.http.listen;

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
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Clients that trust some authorities, each request on a connection of its own. */
final class TlsClients {
    private final Vertx vertx;
    private final PemTrustOptions trusted = new PemTrustOptions();
    /** Clients that nobody refers to are closed. */
    private final List<HttpClient> clients = new ArrayList<>();

    TlsClients(Vertx vertx, TestCa... authorities) {
        this.vertx = vertx;
        Stream.of(authorities).forEach(ca -> trusted.addCertValue(Buffer.buffer(ca.certificate())));
    }

    Future<HttpClientRequest> open(int port, HttpVersion version) {
        return open(port, options(version));
    }

    Future<HttpClientRequest> open(int port, String protocol) {
        return open(port, options(HttpVersion.HTTP_1_1).setEnabledSecureTransportProtocols(Set.of(protocol)));
    }

    /** The body that is answered. */
    Future<String> get(int port) {
        return open(port, HttpVersion.HTTP_1_1).compose(TlsClients::exchange);
    }

    /** The same, by somebody with a certificate. */
    Future<String> getAs(Identity identity, int port) {
        var pair = new PemKeyCertOptions()
                .addCertValue(Buffer.buffer(identity.certificates()))
                .addKeyValue(Buffer.buffer(identity.key()));
        return open(port, options(HttpVersion.HTTP_1_1).setKeyCertOptions(pair)).compose(TlsClients::exchange);
    }

    /** The certificate that a new connection is shown. */
    Certificate shown(int port) {
        return Waiting.get(open(port, HttpVersion.HTTP_2)
                .compose(request -> request.send().map(response -> certificateOf(request.connection()))));
    }

    static Certificate certificateOf(HttpConnection connection) {
        try {
            return connection.peerCertificates().get(0);
        } catch (SSLPeerUnverifiedException e) {
            throw new AssertionError(e);
        }
    }

    private Future<HttpClientRequest> open(int port, HttpClientOptions options) {
        var client = vertx.createHttpClient(options);
        clients.add(client);
        return client.request(HttpMethod.GET, port, "localhost", "/");
    }

    private HttpClientOptions options(HttpVersion version) {
        return new HttpClientOptions()
                .setSsl(true)
                .setUseAlpn(true)
                .setProtocolVersion(version)
                .setTrustOptions(trusted);
    }

    private static Future<String> exchange(HttpClientRequest request) {
        return request.send().compose(response -> response.body().map(Buffer::toString));
    }
}
