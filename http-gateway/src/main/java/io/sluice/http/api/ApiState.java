package io.sluice.http.api;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;

/**
 * What the event loops of one API have in common.
 *
 * @param bytesInFlight what the unanswered requests of one event loop may hold
 * @param openApi the answer of {@code GET /openapi.yaml}
 */
record ApiState(
        HttpApiSettings settings, ApiServices services, long bytesInFlight, HttpMetrics metrics, Answer openApi) {

    /** All unanswered requests together hold at most a quarter of the heap: the producer's buffers need room too. */
    private static final long HEAP_SHARE = 4;

    private static final String OPENAPI = "openapi.yaml";

    static ApiState of(HttpApiSettings settings, ApiServices services) {
        return new ApiState(
                settings,
                services,
                Runtime.getRuntime().maxMemory() / HEAP_SHARE / settings.instances(),
                new HttpMetrics(services.meters(), services.info().appId()),
                new Answer(200, "application/yaml", readOpenApi()));
    }

    private static Buffer readOpenApi() {
        try (var resource = ApiState.class.getResourceAsStream(OPENAPI)) {
            return Buffer.buffer(Objects.requireNonNull(resource, OPENAPI).readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
