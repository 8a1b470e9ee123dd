package io.sluice.http.api;

import static io.sluice.http.api.TestGateway.CREATE;
import static io.sluice.http.api.TestGateway.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Tags;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetricsTest {
    private final TestGateway gateway =
            new TestGateway(TestGateway.Setup.usual().listening(2, "127.0.0.1"));

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void requestsAreCountedByRouteAndStatus() {
        for (int i = 0; i < 4; i++) {
            gateway.post(ORDERS, CREATE);
        }
        gateway.put(ORDERS, "{");

        var stored = tags("POST", "204");
        assertThat(count("dapr_http_server_request_count", stored)).isEqualTo(4);
        assertThat(count("dapr_http_server_response_count", stored)).isEqualTo(4);
        assertThat(summary("dapr_http_server_latency", stored).count()).isEqualTo(4);
        assertThat(summary("dapr_http_server_request_bytes", stored).totalAmount())
                .isEqualTo(4 * CREATE.length());
        assertThat(summary("dapr_http_server_response_bytes", stored).totalAmount())
                .isZero();
        assertThat(count("dapr_http_server_request_count", tags("PUT", "400"))).isEqualTo(1);
        assertThat(summary("dapr_http_server_response_bytes", tags("PUT", "400"))
                        .totalAmount())
                .isPositive();
    }

    @Test
    void theLatencyHasDaprsBuckets() {
        gateway.post(ORDERS, CREATE);

        var snapshot = summary("dapr_http_server_latency", tags("POST", "204")).takeSnapshot();

        assertThat(snapshot.histogramCounts()).hasSize(34);
        assertThat(snapshot.histogramCounts()[0].bucket()).isEqualTo(1);
        assertThat(snapshot.histogramCounts()[33].bucket()).isEqualTo(100_000);
        assertThat(snapshot.percentileValues()).isEmpty();
    }

    @Test
    void theLengthsHaveDaprsBuckets() {
        gateway.post(ORDERS, CREATE);

        for (var name : List.of("dapr_http_server_request_bytes", "dapr_http_server_response_bytes")) {
            var snapshot = summary(name, tags("POST", "204")).takeSnapshot();

            assertThat(snapshot.histogramCounts()).hasSize(13);
            assertThat(snapshot.histogramCounts()[0].bucket()).isEqualTo(1 << 10);
            assertThat(snapshot.histogramCounts()[12].bucket()).isEqualTo(1L << 32);
        }
    }

    @Test
    void whatIsNotServedIsCountedUnderOneName() {
        gateway.get("/a");
        gateway.send("PATCH", "/b", BodyPublishers.noBody());

        var unknown = Tags.of("app_id", "shop", "method", "other", "path", "other", "status", "404");
        assertThat(count("dapr_http_server_request_count", unknown)).isEqualTo(2);
    }

    private double count(String name, Tags tags) {
        return gateway.meters.get(name).tags(tags).functionCounter().count();
    }

    private DistributionSummary summary(String name, Tags tags) {
        return gateway.meters.get(name).tags(tags).summary();
    }

    private static Tags tags(String method, String status) {
        return Tags.of("app_id", "shop", "method", method, "path", "/v1.0/bindings/{name}", "status", status);
    }
}
