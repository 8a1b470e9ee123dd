package io.sluice.it.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dapr.client.DaprClient;
import io.dapr.client.domain.ComponentMetadata;
import io.dapr.exceptions.DaprErrorDetails.ErrorDetailType;
import io.dapr.exceptions.DaprException;
import io.dapr.utils.TypeRef;
import io.sluice.core.message.Failure;
import io.sluice.core.message.InvokeOutcome;
import io.sluice.core.message.InvokeRequest;
import io.sluice.core.message.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Dapr's own Java SDK, unchanged, against both APIs. */
@TestInstance(Lifecycle.PER_CLASS)
class JavaSdkIT {
    private static final InvokeOutcome STORED = new InvokeOutcome.Stored("orders", 0, 1);

    private Sidecar sidecar;
    private DaprClient client;

    @BeforeAll
    void start() {
        sidecar = new Sidecar();
        client = sidecar.client();
    }

    @AfterEach
    void answerAsUsual() {
        sidecar.answer(STORED);
    }

    @AfterAll
    void stop() throws Exception {
        sidecar.stop();
    }

    @Test
    void theExampleOfTheGuideWorks() throws Exception {
        // guide: begin
        client.waitForSidecar(10_000).block();
        client.invokeBinding("orders", "create", Map.of("id", 42)).block();
        client.invokeBinding("orders", "create", "{}".getBytes(StandardCharsets.UTF_8), Map.of("partitionKey", "k"))
                .block();
        // guide: end

        assertThat(text(sidecar.nextRecord())).isEqualTo("{\"id\":42}");
        assertThat(sidecar.nextRecord().metadata()).isEqualTo(Map.of("partitionKey", "k"));
    }

    @Test
    void theGuideShowsThisExample() throws IOException {
        var source = Files.readString(Path.of("src/test/java/io/sluice/it/grpc/JavaSdkIT.java"));
        var example = source.substring(source.indexOf("// guide: begin\n") + 16, source.indexOf("// guide: end"));

        assertThat(Files.readString(Path.of("../docs/grpc.md")))
                .contains(example.stripIndent().strip());
    }

    @Test
    void aTextIsSentAsJson() throws InterruptedException {
        client.invokeBinding("orders", "create", "cat").block();

        assertThat(text(sidecar.nextRecord())).isEqualTo("\"cat\"");
    }

    @Test
    void bytesAreSentAsTheyAre() throws InterruptedException {
        byte[] bytes = {0, -1, 34, 10};

        client.invokeBinding("orders", "create", bytes, Map.of()).block();

        assertThat(sidecar.nextRecord().value()).isEqualTo(bytes);
    }

    @Test
    void nothingIsATombstone() throws InterruptedException {
        client.invokeBinding("orders", "create", null).block();

        assertThat(sidecar.nextRecord().value()).isNull();
    }

    @Test
    void noneOfTheCallsOwnMetadataBecomesAHeaderOfTheRecord() throws InterruptedException {
        client.invokeBinding("orders", "create", "x", Map.of("colour", "red"), TypeRef.VOID)
                .block();

        assertThat(sidecar.nextRecord().metadata()).isEqualTo(Map.of("colour", "red"));
    }

    @Test
    void manyCallsAtOnceAreAllAnswered() throws InterruptedException {
        var numbers = IntStream.range(0, 500).boxed().toList();

        var calls = numbers.stream()
                .map(number -> client.invokeBinding("orders", "create", number).toFuture())
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(calls).join();

        var stored = new ArrayList<String>();
        for (int i = 0; i < numbers.size(); i++) {
            stored.add(text(sidecar.nextRecord()));
        }
        assertThat(stored)
                .containsExactlyInAnyOrderElementsOf(
                        numbers.stream().map(String::valueOf).toList());
    }

    @Test
    void aRefusalArrivesWithItsTextAndItsErrorCode() throws InterruptedException {
        sidecar.answer(new InvokeOutcome.Refused(new Failure(Reason.KAFKA_UNAVAILABLE, "no broker – nowhere")));

        var failure =
                failureOf(() -> client.invokeBinding("orders", "create", "x").block());

        sidecar.nextRecord();
        assertThat(failure.getErrorCode()).isEqualTo("INTERNAL");
        assertThat(failure.getMessage())
                .isEqualTo("INTERNAL: error invoking output binding orders: no broker – nowhere");
        assertThat(reason(failure)).isEqualTo("ERR_INVOKE_OUTPUT_BINDING");
    }

    @Test
    void anOverloadArrivesAsUnavailable() throws InterruptedException {
        sidecar.answer(InvokeOutcome.refused(Reason.OVERLOADED, "buffer full"));

        var failure =
                failureOf(() -> client.invokeBinding("orders", "create", "x").block());

        sidecar.nextRecord();
        assertThat(failure.getErrorCode()).isEqualTo("UNAVAILABLE");
        assertThat(reason(failure)).isEqualTo("ERR_OVERLOADED");
    }

    @Test
    void anUnknownBindingIsToldByItsNameHoweverLong() {
        var name = "ä".repeat(3000);

        var failure = failureOf(() -> client.invokeBinding(name, "create", "x").block());

        assertThat(failure.getErrorCode()).isEqualTo("INTERNAL");
        assertThat(failure.getMessage()).startsWith("INTERNAL: error invoking output binding ää");
    }

    @Test
    void aWrongTokenIsRefused() {
        var stranger = sidecar.client("guess");

        var failure =
                failureOf(() -> stranger.invokeBinding("orders", "create", "x").block());

        assertThat(failure.getErrorCode()).isEqualTo("UNAUTHENTICATED");
        assertThat(failure.getMessage()).isEqualTo("UNAUTHENTICATED: invalid api token");
    }

    @Test
    void aMessageAboveTheLimitIsRefusedAndTheNextOneTaken() throws InterruptedException {
        var failure = failureOf(() -> client.invokeBinding("orders", "create", new byte[2 * Sidecar.LIMIT], Map.of())
                .block());
        client.invokeBinding("orders", "create", "small").block();

        assertThat(failure.getErrorCode()).isEqualTo("RESOURCE_EXHAUSTED");
        assertThat(text(sidecar.nextRecord())).isEqualTo("\"small\"");
    }

    @Test
    void whatIsNotServedIsUnimplemented() {
        var failure =
                failureOf(() -> client.publishEvent("pubsub", "topic", "x").block());

        assertThat(failure.getErrorCode()).isEqualTo("UNIMPLEMENTED");
    }

    @Test
    void theMetadataTellsTheBindings() {
        var metadata = client.getMetadata().block();

        assertThat(metadata.getId()).isEqualTo("shop");
        assertThat(metadata.getRuntimeVersion()).isEqualTo("1.18.3");
        assertThat(metadata.getComponents())
                .extracting(ComponentMetadata::getName)
                .isEqualTo(List.of("orders"));
        assertThat(metadata.getComponents().get(0).getCapabilities()).containsExactly("OUTPUT_BINDING");
    }

    @Test
    void shutdownReachesTheGateway() throws InterruptedException {
        client.shutdown().block();

        assertThat(sidecar.wasShutDown()).isTrue();
    }

    private static DaprException failureOf(Runnable call) {
        return catchThrowableOfType(DaprException.class, call::run);
    }

    private static String reason(DaprException failure) {
        return failure.getErrorDetails().get(ErrorDetailType.ERROR_INFO, "reason", TypeRef.STRING);
    }

    private static String text(InvokeRequest request) {
        return new String(request.value(), StandardCharsets.UTF_8);
    }
}
