package io.sluice.http.deliver;

import static io.sluice.http.deliver.DeliveryHarness.record;
import static io.sluice.http.deliver.InputBinding.declared;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.core.message.DeliveryResult;
import io.sluice.core.message.DeliveryResult.Refused;
import io.sluice.http.Waiting;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An app says its status, and then nothing for longer than anybody should wait. */
class UnfinishedAnswerTest {
    private final Vertx vertx = Vertx.vertx();
    private final TestApp app = new TestApp(vertx);

    @AfterEach
    void close() {
        app.close();
        Waiting.get(vertx.close());
    }

    @ParameterizedTest
    @CsvSource({"http, ''", "http, some", "h2c, ''", "h2c, some"})
    void theStatusCountsAfterAWhile(String protocol, String begin) {
        app.handle(request -> request.response().setChunked(true).write(begin)).listen();

        assertThat(deliver(protocol, Duration.ofMillis(100))).isEqualTo(DeliveryResult.ACKNOWLEDGED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "h2c"})
    void soDoesTheStatusOfARefusal(String protocol) {
        app.handle(request ->
                        request.response().setStatusCode(418).setChunked(true).write("…"))
                .listen();

        assertThat(deliver(protocol, Duration.ofMillis(100)))
                .isEqualTo(new Refused(418, "the app answered with status 418", Duration.ZERO, "…"));
    }

    @Test
    void anAppThatHasNotSaidAnythingYetHasItsTime() {
        app.handle(request -> vertx.setTimer(
                        400, later -> request.response().setStatusCode(201).end()))
                .listen();

        assertThat(deliver("http", Duration.ofMillis(100))).isEqualTo(DeliveryResult.ACKNOWLEDGED);
    }

    private DeliveryResult deliver(String protocol, Duration finishing) {
        var settings = DeliveryHarness.protocol(app, protocol);
        var binding = declared("orders").toBinding();
        var metrics = new AppMetrics(new SimpleMeterRegistry(), "shop", null, MeterWords.HTTP);
        Promise<AppAnswer> answer = Promise.promise();
        vertx.runOnContext(start -> {
            var connections = AppConnections.open(vertx, settings, 1, places -> {});
            var head = new DeliveryHead(binding, null, () -> {});
            var patience = new HttpAppChannel.Patience(finishing, finishing);
            var channel = new HttpAppChannel(vertx, connections, head, binding, patience, metrics.of(head.path()));
            Future<AppAnswer> call = channel.call(record("1"), () -> true);
            call.onComplete(answer);
        });
        return Waiting.get(answer.future()).result();
    }
}
