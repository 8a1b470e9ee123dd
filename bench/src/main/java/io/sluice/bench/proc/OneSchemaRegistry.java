package io.sluice.bench.proc;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.sluice.bench.load.OrderSchema;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/**
 * As much of a schema registry as a run asks for: one schema, which every subject has. Not a real one, and that is no part
 * of the figures: the schema is asked for before anything is measured, and again once every five minutes.
 */
public final class OneSchemaRegistry implements AutoCloseable {
    private final HttpServer server;
    private final byte[] answer;

    private OneSchemaRegistry(HttpServer server, byte[] answer) {
        this.server = server;
        this.answer = answer;
    }

    /** Starts it, in this process, on a port that is free. */
    public static OneSchemaRegistry start() throws IOException {
        var answer = new JsonObject()
                .put("subject", "any")
                .put("version", 1)
                .put("id", OrderSchema.ID)
                .put("schema", OrderSchema.TEXT);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var registry = new OneSchemaRegistry(server, answer.encode().getBytes(StandardCharsets.UTF_8));
        server.createContext("/", registry::answer);
        server.start();
        return registry;
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "application/vnd.schemaregistry.v1+json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
