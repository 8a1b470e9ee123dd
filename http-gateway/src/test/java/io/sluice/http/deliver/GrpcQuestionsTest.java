package io.sluice.http.deliver;

import static io.sluice.http.deliver.InputBinding.declared;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import com.google.protobuf.BytesValue;
import io.sluice.core.message.DeliveryResult;
import io.sluice.core.message.DeliveryResult.Unreachable;
import io.sluice.http.deliver.TestGrpcApp.Answer;
import io.sluice.http.grpc.proto.HealthCheckResponse;
import io.vertx.grpc.common.GrpcStatus;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an app that speaks gRPC is asked beside its records. */
class GrpcQuestionsTest {
    private static final Answer HEALTHY = Answer.of(HealthCheckResponse.getDefaultInstance());

    private final DeliveryHarness gateway = new DeliveryHarness();
    private final TestGrpcApp app = new TestGrpcApp(gateway.vertx);

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void theAppGetsTheRecordsOfTheBindingsThatItLists() {
        app.list("other", "orders").listen();
        gateway.start(
                app.settings(),
                declared("orders").undeclared(),
                declared("unlisted").undeclared());

        gateway.awaitOpen("orders");
        gateway.awaitClosed("unlisted", "has not subscribed to the binding: ListInputBindings does not name it");
        assertThat(gateway.deliver("orders", "1")).isEqualTo(DeliveryResult.ACKNOWLEDGED);
        assertThat(gateway.deliver("unlisted", "2")).isInstanceOf(Unreachable.class);
        assertThat(app.texts()).containsExactly("1");
        assertThat(app.questions).hasValue(2);
        gateway.expectComplaints("has not subscribed to the binding");
    }

    @Test
    void aBindingThatDeclaresInputIsNotAskedAbout() {
        app.listen();
        gateway.open(app.settings(), declared("orders"));

        gateway.deliver("orders", "1");

        assertThat(app.questions).hasValue(0);
    }

    @Test
    void anAppWithoutTheMethodHasNotSubscribed() {
        app.list(Answer.of(GrpcStatus.UNIMPLEMENTED, "")).listen();
        gateway.start(app.settings(), declared("orders").undeclared());

        gateway.awaitClosed("orders", "it answers ListInputBindings with UNIMPLEMENTED");
        gateway.expectComplaints("has not subscribed to the binding");
    }

    @ParameterizedTest
    @EnumSource(
            value = GrpcStatus.class,
            names = {"UNKNOWN", "UNAVAILABLE", "UNAUTHENTICATED"})
    void anErrorIsAskedAgain(GrpcStatus status) {
        app.list(Answer.of(status, "not now")).listen();
        gateway.start(app.settings(), declared("orders").undeclared());
        gateway.awaitClosed("orders", status.name() + ": not now");

        app.list("orders");

        gateway.awaitOpen("orders");
        assertThat(gateway.complaints.take()).as("one warning").hasSize(1);
    }

    @Test
    void noAnswerInTimeIsAskedAgain() {
        app.list(Answer.NONE).listen();
        gateway.start(
                app.probeTimeout(Duration.ofMillis(200)), declared("orders").undeclared());
        gateway.awaitClosed("orders", "has not said whether it wants the records: ");

        app.list("orders");

        gateway.awaitOpen("orders");
        gateway.complaints.take();
    }

    @Test
    void anAnswerThatIsNoListIsAskedAgain() {
        app.list(Answer.of(BytesValue.of(ByteString.fromHex("ff")))).listen();
        gateway.start(app.settings(), declared("orders").undeclared());

        gateway.awaitClosed("orders", "its answer to ListInputBindings cannot be read");

        gateway.complaints.take();
    }

    @Test
    void nothingIsDeliveredToAnAppThatIsNotHealthy() {
        app.health(Answer.of(GrpcStatus.UNAVAILABLE, "starting")).listen();
        gateway.start(app.checked(2), declared("orders"));
        gateway.awaitClosed("orders", "no health probe of the app has succeeded yet");

        app.health(HEALTHY);
        gateway.awaitOpen("orders");

        app.health(Answer.of(GrpcStatus.INTERNAL, "ill"));
        gateway.awaitClosed("orders", "2 probes failed in a row, the last with INTERNAL");
        assertThat(gateway.health.targets().get("app").ready()).isFalse();

        app.health(HEALTHY);
        gateway.awaitOpen("orders");
        assertThat(probes("OK")).isPositive();
        assertThat(probes("Internal")).isGreaterThanOrEqualTo(2);
        gateway.expectComplaints("the app is not healthy");
    }

    @Test
    void anAppThatIsAwayIsUnhealthyAndComesBack() {
        app.listen();
        gateway.open(app.checked(2), declared("orders"));
        app.close();
        gateway.awaitClosed("orders", "without an answer");

        app.listen();

        gateway.awaitOpen("orders");
        // Vert.x tells of a connection that ends before it has begun.
        assertThat(gateway.complaints.take())
                .allMatch(line -> line.endsWith("Connection evicted") || line.contains("the app is not healthy"))
                .anyMatch(line -> line.contains("the app is not healthy"));
    }

    @Test
    void theAppIsAskedOnceItListens() {
        gateway.start(app.settings(), declared("orders").undeclared());
        gateway.awaitClosed("orders", "does not listen on 127.0.0.1:" + app.port());

        app.list("orders").listen();

        gateway.awaitOpen("orders");
        await().untilAsserted(() -> assertThat(app.questions).hasValue(1));
    }

    private double probes(String status) {
        return gateway.meters
                .get("dapr_grpc_io_healthprobes_completed_count")
                .tags("app_id", "shop", "grpc_client_status", status)
                .functionCounter()
                .count();
    }
}
