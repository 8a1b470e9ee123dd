package io.sluice.http.grpc;

import static io.sluice.http.grpc.TestApi.INVOKE;
import static io.sluice.http.grpc.TestApi.create;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.sluice.core.message.Failure;
import io.sluice.core.message.InvokeOutcome;
import io.sluice.core.message.Reason;
import io.sluice.http.grpc.proto.InvokeBindingRequest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

class InvokeBindingTest {
    private static final String TRACEPARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private final TestApi api = new TestApi();

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void dataIsTheValueByteForByte() {
        byte[] data = {0, (byte) 0xff, 'n', 'u', 'l', 'l', ' ', '\n'};

        var reply = api.call(
                INVOKE, create("orders").setData(ByteString.copyFrom(data)).build());

        assertThat(reply.status()).isZero();
        assertThat(reply.payload()).isEmpty();
        assertThat(api.producer.onlyRequest().value()).isEqualTo(data);
        assertThat(api.producer.onlyRequest().operation()).isEqualTo("create");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null"})
    void noDataAndTheTextNullAreTombstones(String data) {
        api.call(INVOKE, create("orders").setData(ByteString.copyFromUtf8(data)).build());

        assertThat(api.producer.onlyRequest().value()).isNull();
    }

    @Test
    void theMetadataOfTheRequestGoesOnWithTheTraceOfTheCallAndNothingElse() {
        var request = create("orders").putMetadata("partitionKey", "k").putMetadata("traceparent", "mine");

        api.call(
                INVOKE,
                request.build(),
                "traceparent",
                TRACEPARENT,
                "tracestate",
                "a=b",
                "baggage",
                "user=1",
                "grpc-trace-bin",
                "AAAA",
                "custom",
                "value");

        assertThat(api.producer.onlyRequest().metadata())
                .isEqualTo(Map.of(
                        "partitionKey", "k", "traceparent", TRACEPARENT, "tracestate", "a=b", "baggage", "user=1"));
    }

    @Test
    void aMalformedBaggageIsRefused() {
        var reply = api.call(INVOKE, create("orders").build(), "baggage", "no pair");

        assertThat(reply.status()).isEqualTo(3);
        assertThat(reply.message()).startsWith("invalid baggage header: ");
        assertThat(reply.errorInfo().getReason()).isEqualTo("ERR_MALFORMED_REQUEST");
        assertThat(api.producer.requests()).isEmpty();
    }

    @Test
    void aMissingOperationIsToldBeforeAnUnknownName() {
        var reply = api.call(
                INVOKE, InvokeBindingRequest.newBuilder().setName("nobody").build());

        assertThat(reply.status()).isEqualTo(13);
        assertThat(reply.message())
                .isEqualTo("error invoking output binding nobody: operation field is missing from request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody", "inbox", "", "ä%0a\n"})
    void aBindingThatIsNotAnOutputIsUnknown(String name) {
        var reply = api.call(INVOKE, create(name).build());

        assertThat(reply.status()).isEqualTo(13);
        assertThat(reply.message())
                .isEqualTo("error invoking output binding " + name + ": couldn't find output binding " + name);
        assertThat(reply.details().getCode()).isEqualTo(13);
        assertThat(reply.details().getMessage()).isEqualTo(reply.message());
        assertThat(reply.errorInfo().getReason()).isEqualTo("ERR_INVOKE_OUTPUT_BINDING");
        assertThat(reply.errorInfo().getDomain()).isEqualTo("dapr.io");
    }

    @Test
    void aBindingThatNobodyServesIsClosed() {
        var reply = api.call(INVOKE, create("both").build());

        assertThat(reply.status()).isEqualTo(13);
        assertThat(reply.message()).isEqualTo("error invoking output binding both: component is closed");
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"OVERLOADED", "MALFORMED_REQUEST"})
    void aRefusalIsAnInternalErrorWithItsText(Reason reason) {
        api.producer.answer(request -> new InvokeOutcome.Refused(new Failure(reason, "kaputt")));

        var reply = api.call(INVOKE, create("orders").build());

        assertThat(reply.status()).isEqualTo(13);
        assertThat(reply.message()).isEqualTo("error invoking output binding orders: kaputt");
        assertThat(reply.errorInfo().getReason()).isEqualTo("ERR_INVOKE_OUTPUT_BINDING");
        assertThat(reply.body().length()).isZero();
    }

    @Test
    void whatMaySucceedLaterIsUnavailable() {
        api.producer.answer(request -> InvokeOutcome.refused(Reason.OVERLOADED, "buffer full"));

        var reply = api.call(INVOKE, create("orders").build());

        assertThat(reply.status()).isEqualTo(14);
        assertThat(reply.errorInfo().getReason()).isEqualTo("ERR_OVERLOADED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "é", "€", "\ud83d\ude00"})
    void aLongMessageIsCutToWhatClientsTake(String letter) {
        var name = "a" + letter.repeat(5000);

        var reply = api.call(INVOKE, create(name).build());

        var whole = "error invoking output binding " + name;
        assertThat(whole).startsWith(reply.message());
        assertThat(reply.message().getBytes(StandardCharsets.UTF_8)).hasSizeBetween(1020, 1024);
        assertThat(reply.details().getMessage()).isEqualTo(reply.message());
    }
}
