package io.sluice.http.grpc;

import static io.sluice.http.grpc.TestApi.INVOKE;
import static io.sluice.http.grpc.TestApi.LIMIT;
import static io.sluice.http.grpc.TestApi.SERVICE;
import static io.sluice.http.grpc.TestApi.create;
import static io.sluice.http.grpc.TestApi.frame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import com.google.protobuf.Empty;
import io.sluice.http.FakeProducer;
import io.sluice.http.Waiting;
import io.sluice.http.grpc.TestApi.Setup;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.StreamResetException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProtocolTest {
    private static final byte[] CREATE = create("orders").build().toByteArray();

    @ParameterizedTest
    @ValueSource(strings = {SERVICE + "InvokeService", SERVICE + "invokebinding", "/other.Service/InvokeBinding", "/x"})
    void whatIsNotServedIsUnimplemented(String method) {
        try (var api = new TestApi()) {
            var reply = api.call(method, Empty.getDefaultInstance());

            assertThat(reply.httpStatus()).isEqualTo(200);
            assertThat(reply.status()).isEqualTo(12);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PublishEvent|Sluice has bindings only, no publishing; an output binding writes to its topic",
                "SubscribeTopicEventsAlpha1|Sluice has bindings only, no subscriptions; an input binding delivers the"
                        + " records of a topic to the app",
                "InvokeService|Sluice has bindings only, no service invocation; call the other app at its own address",
                "GetBulkSecret|Sluice has bindings only, no secret stores; components take their secrets from files"
                        + " and the environment",
                "ExecuteStateTransaction|Sluice has bindings only, no state stores; run daprd beside it for that",
                "ExecuteActorStateTransaction|Sluice has bindings only, no actors; run daprd beside it for that",
                "Nothing|unknown method"
            })
    void aCallOfSomethingElseOfDaprsIsToldWhatToUseInstead(String method, String sentence) {
        try (var api = new TestApi()) {
            var reply = api.call(SERVICE + method, Empty.getDefaultInstance());

            assertThat(reply.status()).isEqualTo(12);
            assertThat(reply.message()).isEqualTo(sentence);
        }
    }

    @Test
    void onlyCallersWithTheTokenAreLetIn() {
        try (var api = new TestApi(Setup.usual().token("s3cret ü"))) {
            var none = api.call(INVOKE, create("orders").build());
            var wrong = api.call(INVOKE, create("orders").build(), "dapr-api-token", "s3cret");
            var unknown = api.call(SERVICE + "InvokeService", Empty.getDefaultInstance());
            var right = api.call(INVOKE, create("orders").build(), "dapr-api-token", utf8AsSent("s3cret ü"));

            assertThat(none.status()).isEqualTo(16);
            assertThat(none.message()).isEqualTo("invalid api token");
            assertThat(wrong.status()).isEqualTo(16);
            assertThat(unknown.status()).isEqualTo(16);
            assertThat(right.status()).isZero();
            assertThat(api.producer.onlyRequest().metadata()).isEmpty();
        }
    }

    @Test
    void aMessageOfTheLargestSizeIsTakenAndALargerOneRefused() {
        try (var api = new TestApi()) {
            var empty = create("orders")
                    .setData(ByteString.copyFrom(new byte[LIMIT / 2]))
                    .build();
            int room = LIMIT - (empty.getSerializedSize() - LIMIT / 2);

            var fits = api.call(
                    INVOKE,
                    create("orders")
                            .setData(ByteString.copyFrom(new byte[room]))
                            .build());
            var over = api.call(
                    INVOKE,
                    create("orders")
                            .setData(ByteString.copyFrom(new byte[room + 1]))
                            .build());
            var far = api.call(
                    INVOKE,
                    create("orders")
                            .setData(ByteString.copyFrom(new byte[8 * LIMIT]))
                            .build());

            assertThat(fits.status()).isZero();
            assertThat(over.status()).isEqualTo(8);
            assertThat(over.message()).isEqualTo("the message is larger than the limit of " + LIMIT + " bytes");
            assertThat(far.status()).isEqualTo(8);
            assertThat(api.producer.onlyRequest().value()).hasSize(room);
        }
    }

    @Test
    void aCompressedMessageIsReadUpToTheSameLimit() {
        try (var api = new TestApi()) {
            var bomb = create("orders")
                    .setData(ByteString.copyFrom(new byte[LIMIT]))
                    .build()
                    .toByteArray();

            var small = gzipped(api, gzip(CREATE));
            var large = gzipped(api, gzip(bomb));
            var garbage = gzipped(api, CREATE);

            assertThat(small.status()).isZero();
            assertThat(large.status()).isEqualTo(8);
            assertThat(garbage.status()).isEqualTo(3);
            assertThat(api.producer.requests()).hasSize(1);
        }
    }

    @Test
    void aMessageOfAnotherEncodingOrOfNoneThatIsNamedIsRefused() {
        try (var api = new TestApi()) {
            var snappy = Waiting.get(api.send(INVOKE, frame(CREATE, true), "grpc-encoding", "snappy"));
            var unnamed = Waiting.get(api.send(INVOKE, frame(CREATE, true)));
            var plain = Waiting.get(api.send(INVOKE, frame(CREATE, false), "grpc-encoding", "snappy"));

            assertThat(snappy.status()).isEqualTo(12);
            assertThat(unnamed.status()).isEqualTo(12);
            assertThat(plain.status()).isZero();
        }
    }

    @Test
    void aMessageThatIsNoneIsRefused() {
        try (var api = new TestApi()) {
            var garbage = Waiting.get(api.send(INVOKE, frame(new byte[] {'{', '}'})));
            var missing = Waiting.get(api.send(INVOKE, Buffer.buffer()));
            var json = Waiting.get(api.send(INVOKE, frame(CREATE), "content-type", "application/grpc+json"));
            var web = Waiting.get(api.send(INVOKE, frame(CREATE), "content-type", "application/grpc-web"));

            assertThat(garbage.status()).isEqualTo(3);
            assertThat(missing.status()).isEqualTo(3);
            assertThat(json.status()).isEqualTo(12);
            assertThat(web.httpStatus()).isEqualTo(415);
            assertThat(api.producer.requests()).isEmpty();
        }
    }

    @Test
    void aSecondMessageIsThrownAway() {
        try (var api = new TestApi()) {
            var reply = Waiting.get(api.send(INVOKE, frame(CREATE).appendBuffer(frame(CREATE))));

            assertThat(reply.status()).isZero();
            assertThat(api.producer.requests()).hasSize(1);
        }
    }

    @Test
    void theClientsDeadlineIsKept() {
        try (var api = new TestApi()) {
            api.producer.answer(request -> null);

            var reply = api.call(INVOKE, create("orders").build(), "grpc-timeout", "150m");
            api.producer.send(api.producer.batches().get(0), 0, FakeProducer.STORED);

            assertThat(reply.status()).isEqualTo(4);
            assertThat(reply.message()).isEqualTo("context deadline exceeded");
        }
    }

    @Test
    void noCallStaysWithoutAnAnswer() {
        try (var api = new TestApi(Setup.usual().deadline(Duration.ofMillis(200)))) {
            api.producer.answer(request -> null);

            var reply = api.call(INVOKE, create("orders").build(), "grpc-timeout", "99999999H");

            assertThat(reply.status()).isEqualTo(13);
            assertThat(reply.message()).isEqualTo("error invoking output binding orders: context deadline exceeded");
        }
    }

    @Test
    void aMessageThatDoesNotComeIsNotWaitedFor() {
        try (var api = new TestApi(Setup.usual().deadline(Duration.ofMillis(200)))) {
            var request = Waiting.get(api.open(INVOKE));
            var failed = new CompletableFuture<Throwable>();
            request.exceptionHandler(failed::complete);
            var reply = request.response().compose(TestApi::read);
            request.setChunked(true).write(frame(CREATE).getBuffer(0, 9));

            assertThat(Waiting.get(reply).status()).isEqualTo(13);
            assertThat(failed).succeedsWithin(Duration.ofSeconds(10)).isInstanceOf(StreamResetException.class);
        }
    }

    @Test
    void aCallerWithoutTheTokenIsNotListenedTo() {
        try (var api = new TestApi(Setup.usual().token("s3cret"))) {
            var request = Waiting.get(api.open(INVOKE));
            var failed = new CompletableFuture<Throwable>();
            request.exceptionHandler(failed::complete);
            var reply = request.response().compose(TestApi::read);
            request.setChunked(true).write(frame(CREATE).getBuffer(0, 9));

            assertThat(Waiting.get(reply).status()).isEqualTo(16);
            assertThat(failed).succeedsWithin(Duration.ofSeconds(10)).isInstanceOf(StreamResetException.class);
        }
    }

    /** Any other code takes the answer with it at clients that are built on C-core. */
    @ParameterizedTest
    @MethodSource("refusedBeforeTheirEnd")
    void aCallThatIsRefusedBeforeItsEndIsEndedWithoutAnError(Setup setup, String method, Buffer start, int status) {
        try (var api = new TestApi(setup)) {
            var request = Waiting.get(api.open(method, "grpc-timeout", "2S"));
            var reset = new CompletableFuture<Throwable>();
            request.exceptionHandler(reset::complete);
            var reply = request.response().compose(TestApi::read);
            request.setChunked(true).write(start);

            assertThat(Waiting.get(reply).status()).isEqualTo(status);
            assertThat(reset)
                    .succeedsWithin(Duration.ofSeconds(10))
                    .isInstanceOfSatisfying(StreamResetException.class, end -> assertThat(end.getCode())
                            .isZero());
            assertThat(api.complaints.take()).allMatch(line -> line.contains("too many wait for Kafka"));
        }
    }

    static Stream<Arguments> refusedBeforeTheirEnd() {
        var begun = frame(CREATE).getBuffer(0, 9);
        var usual = Setup.usual();
        return Stream.of(
                Arguments.of(usual.token("s3cret"), INVOKE, begun, 16),
                Arguments.of(usual, SERVICE + "InvokeService", begun, 12),
                Arguments.of(usual, INVOKE, frame(new byte[LIMIT + 1]).getBuffer(0, 9), 8),
                Arguments.of(usual.bytesInFlight(100), INVOKE, begun, 14),
                Arguments.of(usual.deadline(Duration.ofMillis(200)), INVOKE, begun, 13),
                Arguments.of(usual.deadline(Duration.ofMillis(200)), INVOKE, frame(CREATE), 0),
                Arguments.of(usual, INVOKE, begun, 4));
    }

    @Test
    void callsThatAClientGivesUpCostItsOtherCallsNothing() {
        try (var api = new TestApi()) {
            api.producer.answer(request -> null);
            var patient = api.send(INVOKE, frame(CREATE));
            await().until(() -> api.producer.requests().size() == 1);

            for (int i = 0; i < 500; i++) {
                var hasty = Waiting.get(api.open(INVOKE));
                hasty.end(frame(CREATE));
                Waiting.get(hasty.reset());
            }
            api.producer.send(api.producer.batches().get(0), 0, FakeProducer.STORED);

            assertThat(Waiting.get(patient).status()).isZero();
        }
    }

    @Test
    void onlyPostIsSpoken() {
        try (var api = new TestApi()) {
            var got = Waiting.get(api.client
                    .request(HttpMethod.GET, api.api.port(), "127.0.0.1", INVOKE)
                    .compose(request ->
                            TestApi.exchange(request.putHeader("content-type", "application/grpc"), Buffer.buffer())));

            assertThat(got.httpStatus()).isEqualTo(405);
        }
    }

    @Test
    void callsBeyondTheBudgetAreUnavailableUntilOthersEnd() {
        try (var api = new TestApi(Setup.usual().bytesInFlight(2 * LIMIT))) {
            api.producer.answer(request -> null);
            var large = create("orders")
                    .setData(ByteString.copyFrom(new byte[LIMIT - 8192]))
                    .build();
            var holder = Waiting.get(api.open(INVOKE));
            holder.send(frame(large.toByteArray()));
            await().until(() -> api.producer.requests().size() == 1);

            var batch = api.producer.batches().get(0);
            var refused = api.call(INVOKE, large);
            holder.reset();
            await().until(() -> api.producer.isWithdrawn(batch, 0));
            api.producer.answer(request -> FakeProducer.STORED);
            var refusedStill = api.call(INVOKE, large);
            api.producer.send(batch, 0, FakeProducer.STORED);
            await().until(() -> api.call(INVOKE, large).status() == 0);

            assertThat(refused.status()).isEqualTo(14);
            assertThat(refused.errorInfo().getReason()).isEqualTo("ERR_OVERLOADED");
            assertThat(refusedStill.status()).isEqualTo(14);
            assertThat(api.complaints.take()).singleElement().asString().contains("too many wait for Kafka");
        }
    }

    @Test
    void aMessageCountsAsItComesInAndNotOnlyOnceItIsWhole() {
        try (var api = new TestApi(Setup.usual().bytesInFlight(2 * LIMIT))) {
            var unfinished = frame(new byte[LIMIT]).getBuffer(0, LIMIT - 8192);
            var first = begin(api, unfinished);
            var second = Waiting.get(api.open(INVOKE));
            var reply = second.response().compose(TestApi::read);
            second.exceptionHandler(reset -> {}).setChunked(true).write(unfinished);

            assertThat(Waiting.get(reply).status()).isEqualTo(14);
            Waiting.get(first.reset());
            await().until(() -> api.call(INVOKE, create("orders").build()).status() == 0);
            assertThat(api.complaints.take()).singleElement().asString().contains("too many wait for Kafka");
        }
    }

    private static HttpClientRequest begin(TestApi api, Buffer start) {
        var request = Waiting.get(api.open(INVOKE));
        request.exceptionHandler(reset -> {}).setChunked(true);
        Waiting.get(request.write(start));
        return request;
    }

    @Test
    void aClientThatIsGoneBreaksNothing() {
        try (var api = new TestApi()) {
            api.producer.answer(request -> null);
            var call = Waiting.get(api.open(INVOKE));
            call.send(frame(CREATE));
            await().until(() -> api.producer.requests().size() == 1);

            Waiting.get(call.connection().close());
            api.producer.send(api.producer.batches().get(0), 0, FakeProducer.STORED);
            api.producer.answer(request -> FakeProducer.STORED);

            assertThat(api.call(INVOKE, create("orders").build()).status()).isZero();
        }
    }

    private static Reply gzipped(TestApi api, byte[] message) {
        return Waiting.get(api.send(INVOKE, frame(message, true), "grpc-encoding", "gzip"));
    }

    private static byte[] gzip(byte[] bytes) {
        var out = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(out)) {
            zip.write(bytes);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toByteArray();
    }

    /** Headers are written as Latin-1, so this puts the text's UTF-8 bytes on the wire. */
    private static String utf8AsSent(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
