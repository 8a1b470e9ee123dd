package io.sluice.http.deliver;

import static io.sluice.http.deliver.InputBinding.declared;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.message.DeliveryResult;
import io.sluice.core.message.DeliveryResult.Unreachable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code localhost} is two addresses, and an app may listen on either. */
@EnabledIf(value = "hasIpv6", disabledReason = "this machine has no IPv6")
class AppAddressTest {
    private final DeliveryHarness gateway = new DeliveryHarness();
    private final TestApp app = new TestApp(gateway.vertx);
    private final TestGrpcApp grpc = new TestGrpcApp(gateway.vertx);

    @AfterEach
    void close() {
        gateway.close();
    }

    @ParameterizedTest
    @CsvSource({"http, localhost", "http, LocalHost", "h2c, localhost", "http, ::1", "h2c, ::1"})
    void anAppThatListensOnIpv6AloneIsFound(String protocol, String name) {
        app.listen("::1");
        gateway.open(
                DeliveryHarness.address(app, protocol, name), declared("orders").undeclared());

        assertThat(gateway.deliver("orders", "1")).isEqualTo(DeliveryResult.ACKNOWLEDGED);
        if (protocol.equals("http")) {
            assertThat(app.posts().get(0).header("host"))
                    .isEqualTo((name.equals("::1") ? "[::1]" : name) + ":" + app.port());
        }
    }

    @Test
    void soIsAnAppThatSpeaksGrpc() {
        grpc.list("orders").listen("::1");
        gateway.open(grpc.address("localhost"), declared("orders").undeclared());

        assertThat(gateway.deliver("orders", "1")).isEqualTo(DeliveryResult.ACKNOWLEDGED);
    }

    @Test
    void anAppMayComeBackOnTheOtherAddress() {
        app.listen("::1");
        gateway.open(DeliveryHarness.address(app, "http", "localhost"), declared("orders"));
        assertThat(gateway.deliver("orders", "1")).isEqualTo(DeliveryResult.ACKNOWLEDGED);
        app.close();
        assertThat(gateway.deliver("orders", "2")).isInstanceOf(Unreachable.class);

        app.listen("127.0.0.1");

        assertThat(gateway.deliver("orders", "2")).isEqualTo(DeliveryResult.ACKNOWLEDGED);
    }

    /** Whoever writes an address means that one. */
    @Test
    void anAddressIsNotAName() {
        app.listen("::1");
        gateway.start(
                DeliveryHarness.address(app, "http", "127.0.0.1"),
                declared("orders").timeout(Duration.ofSeconds(1)));

        gateway.awaitClosed("orders", "does not listen on 127.0.0.1");
    }

    static boolean hasIpv6() {
        try (var probe = new ServerSocket(0, 1, InetAddress.getByName("::1"))) {
            return probe.isBound();
        } catch (IOException none) {
            return false;
        }
    }
}
