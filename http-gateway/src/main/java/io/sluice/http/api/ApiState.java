package io.sluice.http.api;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;

/**
 * What the event loops of one API have in common.
 *
 * @param openApi the answer of {@code GET /openapi.yaml}
 */
record ApiState(HttpApiSettings settings, ApiServices services, HttpMetrics metrics, Answer openApi) {
    private static final String OPENAPI = "openapi.yaml";

    static ApiState of(HttpApiSettings settings, ApiServices services) {
        return new ApiState(
                settings,
                services,
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
