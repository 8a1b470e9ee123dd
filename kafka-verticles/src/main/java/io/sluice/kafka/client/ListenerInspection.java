package io.sluice.kafka.client;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.parsetools.RecordParser;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLHandshakeException;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.apache.kafka.common.utils.Utils;

/**
 * Finds out what a broker's listener speaks: asks it for a SASL mechanism, first in plain text, then over TLS. No credential
 * is sent, so it does not matter who answers. Takes a few seconds at most and blocks nothing.
 *
 * <pre>
 *              plain text                       over TLS
 *   answered: no SASL here ─► PLAINTEXT        no SASL here ─► SSL
 *   answered otherwise     ─► SASL_PLAINTEXT   otherwise    ─► SASL_SSL
 *   closed, or garbage     ─► over TLS         closed       ─► SSL: it wants a certificate first
 * </pre>
 *
 * The request is {@code SaslHandshake} version 1 of the <a href="https://kafka.apache.org/protocol">Kafka protocol</a>.
 */
final class ListenerInspection {
    private static final Duration LIMIT = Duration.ofSeconds(2);
    /** More brokers of one cluster are not likely to speak anything else. */
    private static final int MOST_BROKERS = 3;

    private static final short VERSION = 1;
    private static final int CORRELATION = 0x51C3;
    /** Of the answer: size, correlation id, error code. */
    private static final int HEAD_BYTES = 4 + 4 + 2;

    private final Vertx vertx;

    ListenerInspection(Vertx vertx) {
        this.vertx = vertx;
    }

    /** What the first of {@code brokers} to answer speaks, which hear {@code clientId} as of any client; empty when none speaks anything that Kafka does. */
    Future<Optional<SecurityProtocol>> inspect(List<String> brokers, String clientId) {
        List<Future<SecurityProtocol>> asked = brokers.stream()
                .distinct()
                .limit(MOST_BROKERS)
                .map(broker -> ask(broker, clientId))
                .toList();
        return Future.any(asked)
                .map(any -> asked.stream().filter(Future::succeeded).findFirst().map(Future::result))
                .otherwise(Optional.empty());
    }

    private Future<SecurityProtocol> ask(String broker, String clientId) {
        String host = Utils.getHost(broker);
        Integer port = Utils.getPort(broker);
        if (host == null || port == null) {
            return Future.failedFuture("no address");
        }
        Buffer request = handshake(clientId);
        return plainly(host, port, request).recover(closed -> overTls(host, port, request));
    }

    private Future<SecurityProtocol> plainly(String host, int port, Buffer request) {
        NetClient client = vertx.createNetClient(options());
        return client.connect(port, host)
                .compose(socket -> hasSasl(socket, request))
                .map(sasl -> sasl ? SecurityProtocol.SASL_PLAINTEXT : SecurityProtocol.PLAINTEXT)
                .eventually(client::close);
    }

    private Future<SecurityProtocol> overTls(String host, int port, Buffer request) {
        NetClient client = vertx.createNetClient(options()
                .setSsl(true)
                .setTrustAll(true)
                .setHostnameVerificationAlgorithm("")
                .setSslHandshakeTimeout(LIMIT.toMillis())
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS));
        return client.connect(port, host)
                .compose(socket -> hasSasl(socket, request).otherwise(false), this::isRefusedByTls)
                .map(sasl -> sasl ? SecurityProtocol.SASL_SSL : SecurityProtocol.SSL)
                .eventually(client::close);
    }

    private static NetClientOptions options() {
        return new NetClientOptions().setConnectTimeout((int) LIMIT.toMillis());
    }

    /** Only who speaks TLS sends an alert; before TLS 1.3 the missing certificate is one. */
    private Future<Boolean> isRefusedByTls(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SSLHandshakeException && TlsFailures.alert(cause) != null) {
                return Future.succeededFuture(false);
            }
        }
        return Future.failedFuture(failure);
    }

    private Future<Boolean> hasSasl(NetSocket socket, Buffer request) {
        Promise<Boolean> answer = Promise.promise();
        socket.handler(RecordParser.newFixed(HEAD_BYTES, head -> read(head, answer)));
        socket.exceptionHandler(answer::tryFail);
        socket.closeHandler(v -> answer.tryFail("closed"));
        return socket.write(request)
                .compose(v -> answer.future())
                .timeout(LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                .eventually(socket::close);
    }

    private static void read(Buffer head, Promise<Boolean> answer) {
        if (head.getInt(4) == CORRELATION) {
            answer.tryComplete(head.getShort(8) != Errors.ILLEGAL_SASL_STATE.code());
        } else {
            answer.tryFail("not Kafka");
        }
    }

    private static Buffer handshake(String clientId) {
        byte[] client = clientId.getBytes(StandardCharsets.UTF_8);
        String mechanism = "PLAIN";
        Buffer request = Buffer.buffer()
                .appendShort(ApiKeys.SASL_HANDSHAKE.id)
                .appendShort(VERSION)
                .appendInt(CORRELATION)
                .appendShort((short) client.length)
                .appendBytes(client)
                .appendShort((short) mechanism.length())
                .appendString(mechanism);
        return Buffer.buffer().appendInt(request.length()).appendBuffer(request);
    }
}
