package io.sluice.it.auth;

import static io.sluice.it.auth.RoundTrip.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.gateway.Component;
import io.sluice.it.gateway.TestGateway;
import io.sluice.testing.tls.Identity;
import io.sluice.testing.tls.TestCa;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Every way in which TLS to a broker goes wrong: calls are answered, no record is lost, and the gateway goes on by itself
 * once the certificates are right. What the errors say is not looked at here.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TlsFaultIT {
    private static final Duration ANSWER = Duration.ofSeconds(10);

    private final TestCa ca = TestCa.create();
    private final TestCa clientCa = TestCa.create();
    private final Identity client = clientCa.client("client");
    private final List<Component> faults = new ArrayList<>();
    private final List<Runnable> repairs = new ArrayList<>();
    private final Door expired =
            Door.tls("EXPIRED", ca.issue("late").forHosts("127.0.0.1").expired().sign());
    private final Door misnamed =
            Door.tls("MISNAMED", ca.issue("other").forHosts("other.example").sign());
    private SecureKafka kafka;
    private RoundTrip trip;

    @BeforeAll
    void start() {
        kafka = SecureKafka.start(
                Map.of("ssl.allow.san.changes", "true", "ssl.allow.dn.changes", "true"),
                Door.mutualTls("MTLS", ca.server(), clientCa.certificate()),
                expired,
                misnamed);
        fault("untrusted-broker", "caCert", TestCa.create().certificate());
        fault("client-of-another-ca", TestCa.create().client("client"));
        fault("client-expired", clientCa.issue("client").expired().sign());
        fault("client-not-yet-valid", clientCa.issue("client").notYetValid().sign());
        faults.add(encrypted("expired-broker", "EXPIRED"));
        faults.add(encrypted("misnamed-broker", "MISNAMED"));
        faults.add(encrypted("no-client-certificate", "MTLS"));
        trip = new RoundTrip(faults);
    }

    @AfterAll
    void stop() {
        if (trip != null) {
            trip.close();
        }
        kafka.close();
    }

    @Test
    void everyFaultIsAnsweredInTimeAndEndsWithItsCause() {
        assertThat(callAll()).as("while it lasts").hasSize(7).containsValue(500).doesNotContainValue(204);
        faults.forEach(fault -> produce(fault, "\"while it lasts\""));

        mend();

        for (Component fault : faults.subList(0, 6)) {
            eventually().untilAsserted(() -> trip.assertStored(fault.name()));
            eventually().untilAsserted(() -> assertThat(trip.deliveries(fault.name()))
                    .as(fault.name())
                    .containsExactly("\"while it lasts\"", "\"" + fault.name() + "\""));
        }
        assertThat(trip.call("no-client-certificate").statusCode()).isEqualTo(500);
    }

    /** @return binding to status, of calls at the same time */
    private Map<String, Integer> callAll() {
        var answers = new TreeMap<String, CompletableFuture<HttpResponse<String>>>();
        faults.forEach(fault -> answers.put(fault.name(), trip.callAsync(fault.name())));
        var statuses = new TreeMap<String, Integer>();
        answers.forEach((name, answer) -> statuses.put(
                name,
                answer.orTimeout(ANSWER.toSeconds(), TimeUnit.SECONDS).join().statusCode()));
        return statuses;
    }

    private void mend() {
        repairs.forEach(Runnable::run);
        kafka.change(expired.showing(ca.server()));
        kafka.change(misnamed.showing(ca.server()));
    }

    /** A client with a certificate that the broker will not take. */
    private void fault(String name, Identity wrong) {
        Component binding = mutual(name);
        write(binding, "clientCert", wrong.certificates());
        write(binding, "clientKey", wrong.key());
        faults.add(binding);
        repairs.add(() -> {
            write(binding, "clientCert", client.certificates());
            write(binding, "clientKey", client.key());
        });
    }

    /** A client with one file that is wrong. */
    private void fault(String name, String field, String wrong) {
        Component binding = mutual(name);
        String right = read(binding, field);
        write(binding, field, wrong);
        faults.add(binding);
        repairs.add(() -> write(binding, field, right));
    }

    /** With files that are right. */
    private Component mutual(String name) {
        Path files = TestGateway.folderWith(
                Map.of("caCert", ca.certificate(), "clientCert", client.certificates(), "clientKey", client.key()));
        Component binding = RoundTrip.binding(kafka, "MTLS", name).with("authType", "mtls");
        for (String field : List.of("caCert", "clientCert", "clientKey")) {
            binding = binding.with(field, files.resolve(field).toAbsolutePath().toString());
        }
        return binding;
    }

    private Component encrypted(String name, String door) {
        return RoundTrip.binding(kafka, door, name)
                .with("authType", "certificate")
                .with("caCert", ca.certificate());
    }

    /** Puts a record where the binding consumes, through the plain door. */
    private void produce(Component binding, String value) {
        kafka.produce(binding.field("topics"), value);
    }

    private static String read(Component binding, String field) {
        try {
            return Files.readString(Path.of(binding.field(field)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Component binding, String field, String content) {
        try {
            Files.writeString(Path.of(binding.field(field)), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
