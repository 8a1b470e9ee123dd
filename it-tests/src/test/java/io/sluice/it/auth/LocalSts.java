package io.sluice.it.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** AWS's security token service, as far as it gives temporary keys for one role. */
final class LocalSts implements AutoCloseable {
    static final String ROLE = "arn:aws:iam::123456789012:role/kafka";
    static final String ACCESS_KEY = "ASIATEMPORARY";
    static final String SECRET_KEY = "temporary/secret+key";
    static final String SESSION_TOKEN = "FwoGZXIvYXdzEJr//////////wEa+DGt0b2tlbg==";

    private static final String GRANTED = """
            <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials>
            <AccessKeyId>%s</AccessKeyId><SecretAccessKey>%s</SecretAccessKey><SessionToken>%s</SessionToken>
            <Expiration>%s</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>""";
    private static final String DENIED = """
            <ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type>
            <Code>AccessDenied</Code><Message>User: arn:aws:iam::123456789012:user/shop is not authorized</Message>
            </Error></ErrorResponse>""";

    private final HttpServer server;
    private final List<String> requests = new CopyOnWriteArrayList<>();

    private LocalSts(HttpServer server) {
        this.server = server;
    }

    static LocalSts start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        LocalSts sts = new LocalSts(server);
        server.createContext("/", sts::answer);
        server.start();
        return sts;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The forms that came, decoded, with who signed them. */
    List<String> requests() {
        return requests;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String form = URLDecoder.decode(new String(exchange.getRequestBody().readAllBytes(), UTF_8), UTF_8);
        requests.add(form + " " + exchange.getRequestHeaders().getFirst("Authorization"));
        boolean granted = form.contains("RoleArn=" + ROLE + "&") || form.endsWith("RoleArn=" + ROLE);
        Instant end = Instant.now().plusSeconds(3600).truncatedTo(ChronoUnit.SECONDS);
        byte[] body =
                (granted ? GRANTED.formatted(ACCESS_KEY, SECRET_KEY, SESSION_TOKEN, end) : DENIED).getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/xml");
        exchange.sendResponseHeaders(granted ? 200 : 403, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
