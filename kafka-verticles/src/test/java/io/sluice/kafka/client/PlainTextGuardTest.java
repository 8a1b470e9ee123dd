package io.sluice.kafka.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.core.binding.AuthSettings;
import io.sluice.core.binding.AuthSettings.Certificate;
import io.sluice.core.binding.AuthSettings.None;
import io.sluice.core.binding.AuthSettings.Tls;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.junit.jupiter.api.Test;

class PlainTextGuardTest {
    private static final List<String> BROKERS = List.of("b:9092");
    private static final AuthSettings PLAIN = new None(new Tls(false, null, null, null, null, false));
    private static final AuthSettings ENCRYPTED = new Certificate(new Tls(true, null, null, null, null, false));

    private Future<Optional<SecurityProtocol>> spoken = Future.succeededFuture(Optional.empty());
    private int inspections;
    private long now;
    private final PlainTextGuard guard = new PlainTextGuard(
            (brokers, clientId) -> {
                inspections++;
                return spoken;
            },
            () -> now);

    @Test
    void plainTextMayGoWherePlainTextIsSpokenOrNobodyAnswers() {
        guard.check(BROKERS, "client", PLAIN);
        spoken = Future.failedFuture("away");
        guard.check(BROKERS, "client", PLAIN);
        spoken = speaks(SecurityProtocol.SASL_PLAINTEXT);

        assertThatCode(() -> guard.check(BROKERS, "client", PLAIN)).doesNotThrowAnyException();
    }

    @Test
    void plainTextMayNotGoToTls() {
        spoken = speaks(SecurityProtocol.SASL_SSL);

        assertThatThrownBy(() -> guard.check(BROKERS, "client", PLAIN)).isInstanceOf(ListenerMismatchException.class);
    }

    @Test
    void whoWasTurnedAwayIsForAWhile() {
        plainTextMayNotGoToTls();
        spoken = speaks(SecurityProtocol.PLAINTEXT);

        assertThatThrownBy(() -> guard.check(BROKERS, "client", PLAIN)).isInstanceOf(ListenerMismatchException.class);
        assertThat(inspections).isEqualTo(1);

        now += Duration.ofSeconds(5).toNanos();
        guard.check(BROKERS, "client", PLAIN);
        guard.check(BROKERS, "client", PLAIN);
        assertThat(inspections).isEqualTo(3);
    }

    @Test
    void whoSpeaksTlsMayGoAnywhere() {
        spoken = speaks(SecurityProtocol.SSL);

        guard.check(BROKERS, "client", ENCRYPTED);

        assertThat(inspections).isZero();
    }

    private static Future<Optional<SecurityProtocol>> speaks(SecurityProtocol protocol) {
        return Future.succeededFuture(Optional.of(protocol));
    }
}
