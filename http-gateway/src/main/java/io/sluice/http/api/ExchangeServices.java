package io.sluice.http.api;

import io.sluice.http.invoke.CallMemory;
import io.sluice.http.listen.CallLog;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/**
 * What the requests of one event loop share.
 *
 * @param memory what they may hold
 * @param calls gets each that is answered, null when calls are not logged
 */
record ExchangeServices(
        CallMemory memory, AnswerHeaders headers, @Nullable CallLog calls) {

    /** Probes are left out, as with daprd: they would be most of the log. */
    void log(HttpServerRequest request, Answer answer, long nanos) {
        var path = request.path();
        if (calls != null && (path == null || !Route.isProbe(path))) {
            calls.http(
                    request.method() + " " + path,
                    request.getHeader(HttpHeaders.USER_AGENT),
                    answer.status(),
                    answer.body().length(),
                    nanos);
        }
    }
}
