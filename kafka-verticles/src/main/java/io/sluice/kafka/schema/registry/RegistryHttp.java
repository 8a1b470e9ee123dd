package io.sluice.kafka.schema.registry;

import io.sluice.core.binding.SchemaSettings.Basic;
import io.sluice.core.binding.SchemaSettings.Bearer;
import io.sluice.core.binding.SchemaSettings.Login;
import io.sluice.core.binding.SchemaSettings.Registry;
import io.sluice.core.binding.SchemaSettings.Tls;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Asks one server of a schema registry one question. Safe for use from any thread. */
final class RegistryHttp {
    private static final int LARGEST_BODY = 4 * 1024 * 1024;
    private static final int CONNECTIONS = 4;
    private static final int WAITING = 1_000;
    private static final int IDLE_SECONDS = 60;
    private static final String PEM_MARKER = "-----BEGIN ";

    private final HttpClient http;
    private final @Nullable String authorization;
    private final long timeoutMillis;

    /** What a server said; {@code reason} is the text beside the status. */
    record Answer(int status, String reason, Buffer body) {}

    /** @param timeoutMillis for the whole answer */
    RegistryHttp(Vertx vertx, Registry registry, long timeoutMillis) {
        this.timeoutMillis = timeoutMillis;
        this.authorization = authorization(registry.login());
        var options =
                new HttpClientOptions().setConnectTimeout((int) timeoutMillis).setKeepAliveTimeout(IDLE_SECONDS);
        secure(options, registry.tls());
        var pool = new PoolOptions().setHttp1MaxSize(CONNECTIONS).setMaxWaitQueueSize(WAITING);
        this.http = vertx.createHttpClient(options, pool);
    }

    private static void secure(HttpClientOptions options, Tls tls) {
        if (tls.caCert() != null) {
            options.setTrustOptions(
                    isText(tls.caCert())
                            ? new PemTrustOptions().addCertValue(Buffer.buffer(tls.caCert()))
                            : new PemTrustOptions().addCertPath(tls.caCert().strip()));
        }
        if (tls.clientCert() != null && tls.clientKey() != null) {
            options.setKeyCertOptions(identity(tls.clientCert(), tls.clientKey().reveal()));
        }
    }

    private static PemKeyCertOptions identity(String cert, String key) {
        var identity = new PemKeyCertOptions();
        if (isText(cert)) {
            identity.addCertValue(Buffer.buffer(cert));
        } else {
            identity.addCertPath(cert.strip());
        }
        return isText(key) ? identity.addKeyValue(Buffer.buffer(key)) : identity.addKeyPath(key.strip());
    }

    private static boolean isText(String textOrPath) {
        return textOrPath.contains(PEM_MARKER);
    }

    private static @Nullable String authorization(Login login) {
        if (login instanceof Basic basic) {
            String pair = basic.user() + ":" + basic.password().reveal();
            return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        }
        return login instanceof Bearer bearer ? "Bearer " + bearer.token().reveal() : null;
    }

    /**
     * @param path below {@code server}, encoded
     * @return fails when there is no whole answer in time
     */
    Future<Answer> get(URI server, String path) {
        var options = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setAbsoluteURI(withoutSlash(server.toString()) + path)
                .setTimeout(timeoutMillis)
                .putHeader(HttpHeaders.ACCEPT, "application/vnd.schemaregistry.v1+json, application/json");
        if (authorization != null) {
            options.putHeader(HttpHeaders.AUTHORIZATION, authorization);
        }
        return http.request(options)
                .compose(this::send)
                // The options' limit begins anew with each piece of a body that comes in drops.
                .timeout(timeoutMillis, TimeUnit.MILLISECONDS);
    }

    /** Within the same limit, so that a request whose answer nobody waits for ends as well. */
    private Future<Answer> send(HttpClientRequest request) {
        return request.send()
                .compose(RegistryHttp::read)
                .timeout(timeoutMillis, TimeUnit.MILLISECONDS)
                .onFailure(cause -> request.reset(0, cause));
    }

    private static Future<Answer> read(HttpClientResponse response) {
        Promise<Answer> answer = Promise.promise();
        Buffer body = Buffer.buffer();
        response.exceptionHandler(answer::tryFail)
                .handler(piece -> {
                    if (body.length() + piece.length() > LARGEST_BODY) {
                        answer.tryFail("the answer has more than " + LARGEST_BODY + " bytes");
                    } else {
                        body.appendBuffer(piece);
                    }
                })
                .endHandler(
                        end -> answer.tryComplete(new Answer(response.statusCode(), response.statusMessage(), body)));
        return answer.future();
    }

    private static String withoutSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    Future<Void> close() {
        return http.close();
    }
}
