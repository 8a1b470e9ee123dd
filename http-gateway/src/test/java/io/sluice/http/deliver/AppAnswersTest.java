package io.sluice.http.deliver;

import static io.sluice.http.deliver.DeliveryHarness.concurrency;
import static io.sluice.http.deliver.DeliveryHarness.record;
import static io.sluice.http.deliver.DeliveryHarness.settings;
import static io.sluice.http.deliver.InputBinding.declared;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.core.message.DeliveryResult;
import io.sluice.core.message.DeliveryResult.Refused;
import io.sluice.core.message.DeliveryResult.Unreachable;
import io.sluice.http.Waiting;
import io.vertx.core.Promise;
import io.vertx.core.net.NetSocket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What HTTP/1.1 lets an app answer, byte by byte. */
class AppAnswersTest {
    private static final String OK = "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n";

    private final DeliveryHarness gateway = new DeliveryHarness();
    private final TestApp port = new TestApp(gateway.vertx);
    /** One for each connection that has had a POST, in their order. */
    private final List<NetSocket> used = new CopyOnWriteArrayList<>();

    private volatile String onOptions = OK;
    private volatile BiConsumer<NetSocket, String> onPost = (socket, request) -> socket.write(OK);

    @BeforeEach
    void open() {
        var server = gateway.vertx.createNetServer().connectHandler(socket -> {
            var request = new StringBuilder();
            socket.handler(bytes -> {
                request.append(bytes);
                if (isWhole(request)) {
                    var whole = request.toString();
                    request.setLength(0);
                    answer(socket, whole);
                }
            });
        });
        Waiting.get(server.listen(port.port(), "127.0.0.1"));
        gateway.open(settings(port), declared("orders"));
    }

    private static boolean isWhole(StringBuilder request) {
        int body = request.indexOf("\r\n\r\n") + 4;
        if (body < 4) {
            return false;
        }
        var head = request.substring(0, body);
        var length = head.replaceAll("(?s).*content-length: (\\d+)\r\n.*", "$1");
        return length.equals(head) || request.length() >= body + Integer.parseInt(length);
    }

    private void answer(NetSocket socket, String request) {
        if (request.startsWith("POST")) {
            used.add(socket);
            onPost.accept(socket, request);
        } else {
            socket.write(request.startsWith("OPTIONS") ? onOptions : OK);
        }
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n",
                "HTTP/1.1 200 \r\ncontent-length: 2\r\n\r\nhi",
                "HTTP/1.1 204 No Content\r\n\r\n",
                "HTTP/1.1 299 Whatever\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n",
                "HTTP/1.1 103 Early Hints\r\n"
                        + "link: </a>\r\n\r\n"
                        + "HTTP/1.1 102 \r\n\r\n"
                        + "HTTP/1.1 200 OK\r\n"
                        + "content-length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1\r\nh\r\n0\r\ntrailer: x\r\n\r\n"
            })
    void anAnswerAcknowledgesAndItsConnectionIsUsedAgain(String answer) {
        onPost = (socket, request) -> socket.write(answer);

        for (int i = 0; i < 3; i++) {
            assertThat(gateway.deliver("orders", "1")).isEqualTo(DeliveryResult.ACKNOWLEDGED);
        }

        assertThat(used).hasSize(3);
        assertThat(used.stream().distinct()).hasSize(1);
    }

    @Test
    void anAnswerMayComeByteByByte() {
        var answer = "HTTP/1.1 201 Created\r\ntransfer-encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n";
        onPost = (socket, request) -> answer.chars().forEach(c -> socket.write(String.valueOf((char) c)));

        assertThat(gateway.deliver("orders", "1")).isEqualTo(DeliveryResult.ACKNOWLEDGED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\n\r\nuntil the connection ends",
                "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nnot whole",
                "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n9\r\nnot"
            })
    void theStatusCountsEvenIfTheBodyEndsWithTheConnection(String answer) {
        onPost = (socket, request) -> socket.write(answer).onComplete(written -> socket.close());

        assertThat(gateway.deliver("orders", "1")).isEqualTo(DeliveryResult.ACKNOWLEDGED);
        assertThat(gateway.deliver("orders", "2")).isEqualTo(DeliveryResult.ACKNOWLEDGED);
        assertThat(used.stream().distinct()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "'HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n', switched to another protocol",
        "'SSH-2.0-OpenSSH_9.2\r\n', 'the connection broke before the app answered'",
        "'HTTP/1.1 103 Early\r\n"
                + "content-length: 1\r\n"
                + "content-length: 2\r\n\r\n"
                + "', 'the connection broke before the app answered'"
    })
    void whatIsNoAnswerLeavesTheRecordWaitingAndSaysWhy(String answer, String reason) {
        onPost = (socket, request) -> socket.write(answer);

        assertThat(gateway.deliver("orders", "1"))
                .isInstanceOfSatisfying(
                        Unreachable.class, away -> assertThat(away.reason()).contains(reason));
        assertThat(gateway.complaints.take()).hasSize(1);
    }

    /** What is wrong with the rest of an answer does not undo what the app has said first. */
    static Stream<Arguments> answersThatGoWrongBehindTheirStatus() {
        return Stream.of(
                        "content-length: -1\r\n\r\n",
                        "content-length: 1\r\ncontent-length: 2\r\n\r\nxx",
                        "x: a\u0000b\r\n\r\n",
                        "set-cookie: " + "c".repeat(200_000) + "\r\n\r\n",
                        "transfer-encoding: chunked\r\n\r\nno number\r\n",
                        "transfer-encoding: chunked\r\n\r\n1\r\nx\r\n0\r\ntrailer: " + "t".repeat(200_000) + "\r\n\r\n")
                .map(Arguments::of);
    }

    @ParameterizedTest
    @MethodSource("answersThatGoWrongBehindTheirStatus")
    void aStatusCountsWhateverIsWrongBehindIt(String rest) {
        onPost = (socket, request) -> socket.write("HTTP/1.1 201 Created\r\n" + rest);
        assertThat(gateway.deliver("orders", "1")).isEqualTo(DeliveryResult.ACKNOWLEDGED);

        onPost = (socket, request) -> socket.write("HTTP/1.1 500 No\r\n" + rest);
        assertThat(gateway.deliver("orders", "2")).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.status()).isEqualTo(500);
            assertThat(refused.reason()).isEqualTo("the app answered with status 500");
        });

        assertThat(used.stream().distinct())
                .as("such a connection is not used again")
                .hasSize(2);
    }

    @Test
    void aStatusCountsIfTheConnectionEndsInTheMiddleOfTheHeaders() {
        onPost = (socket, request) -> socket.write("HTTP/1.1 200 OK\r\nx: ").onComplete(written -> socket.close());

        assertThat(gateway.deliver("orders", "1")).isEqualTo(DeliveryResult.ACKNOWLEDGED);
        assertThat(used).hasSize(1);
    }

    /** Real apps send this much: cookies, policies, tokens. */
    static Stream<Arguments> answersOfManyBytes() {
        return Stream.of(
                        "HTTP/1.1 200 OK\r\nset-cookie: " + "c".repeat(60_000) + "\r\ncontent-length: 0\r\n\r\n",
                        "HTTP/1.1 200 " + "O".repeat(60_000) + "K\r\ncontent-length: 0\r\n\r\n",
                        "HTTP/1.1 200 OK\ncontent-length: 0\n\n",
                        "HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 1\r\n\r\nx")
                .map(Arguments::of);
    }

    @ParameterizedTest
    @MethodSource("answersOfManyBytes")
    void anUnusualAnswerIsAnAnswerAndItsConnectionIsUsedAgain(String answer) {
        onPost = (socket, request) -> socket.write(answer);

        for (int i = 0; i < 3; i++) {
            assertThat(gateway.deliver("orders", "1")).isEqualTo(DeliveryResult.ACKNOWLEDGED);
        }

        assertThat(used).hasSize(3);
        assertThat(used.stream().distinct()).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource({"answersOfManyBytes", "answersThatGoWrongBehindTheirStatus"})
    void theAnswerToTheQuestionForItsBindingsMayLookTheSame(String answer) {
        gateway.stop();
        onOptions = answer.startsWith("HTTP/") ? answer : "HTTP/1.1 200 OK\r\n" + answer;

        gateway.open(settings(port), declared("orders").undeclared());

        assertThat(gateway.complaints.take()).isEmpty();
    }

    /** It may be the end of an answer that nobody waits for any more: the next answer must not be taken for it. */
    @Test
    void aConnectionThatSaysMoreThanItWasAskedIsGivenUp() {
        onPost = (socket, request) -> socket.write(OK + "HTTP/1.1 500 No\r\ncontent-length: 0\r\n\r\n");

        assertThat(gateway.deliver("orders", "1")).isEqualTo(DeliveryResult.ACKNOWLEDGED);
        onPost = (socket, request) -> socket.write(OK);

        assertThat(gateway.deliver("orders", "2")).isEqualTo(DeliveryResult.ACKNOWLEDGED);
        assertThat(used.stream().distinct()).hasSize(2);
    }

    /** Were the connection used again, the next answer would not be one, and its record would be sent a second time. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 204 No Content\r\n\r\nhi",
                "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhill",
                "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\nHTTP/1.1",
                "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n0",
                "HTTP/1.1 204 No Content\r\ncontent-length: 2\r\n\r\n"
            })
    void anAnswerWithBytesLeftOverEndsItsConnectionAndNoRecordIsSentTwice(String answer) {
        onPost = (socket, request) -> socket.write(answer);

        for (int i = 0; i < 3; i++) {
            assertThat(gateway.deliver("orders", "1")).isEqualTo(DeliveryResult.ACKNOWLEDGED);
        }

        assertThat(used).hasSize(3);
        assertThat(used.stream().distinct()).hasSize(3);
    }

    @Test
    void bytesThatComeWhileNothingIsAskedEndTheConnection() {
        assertThat(gateway.deliver("orders", "1")).isEqualTo(DeliveryResult.ACKNOWLEDGED);
        var closed = Promise.promise();
        used.get(0).closeHandler(gone -> closed.complete());

        used.get(0).write("hi");

        Waiting.get(closed.future());
        assertThat(gateway.deliver("orders", "2")).isEqualTo(DeliveryResult.ACKNOWLEDGED);
        assertThat(used).hasSize(2);
    }

    /** What is left of the first request would be the begin of the second. */
    @Test
    void anAnswerBeforeTheRequestIsThroughEndsItsConnection() {
        gateway.stop();
        var hasty = new TestApp(gateway.vertx);
        var connections = new AtomicInteger();
        var server = gateway.vertx.createNetServer().connectHandler(socket -> {
            connections.incrementAndGet();
            socket.handler(begin -> {
                socket.handler(more -> {}).pause();
                socket.write(OK);
            });
        });
        Waiting.get(server.listen(hasty.port(), "127.0.0.1"));
        gateway.open(settings(hasty), declared("orders"));
        int before = connections.get();

        for (int i = 0; i < 3; i++) {
            assertThat(gateway.deliver("orders", record("k", "x".repeat(20_000_000))))
                    .isEqualTo(DeliveryResult.ACKNOWLEDGED);
        }

        assertThat(connections.get() - before).isEqualTo(3);
    }

    @Test
    void whatComesBehindAnAnswerIsNotTakenForThatOfARecordThatWaited() {
        gateway.stop();
        gateway.open(concurrency(port, 1), declared("orders"));
        onPost = (socket, request) -> {
            onPost = (next, second) -> next.write(OK);
            socket.write(OK + "HTTP/1.1 500 No\r\ncontent-length: 0\r\n\r\n");
        };

        var results = gateway.send("orders", record("1"), record("2"));

        assertThat(results)
                .allSatisfy(result -> assertThat(Waiting.get(result.future())).isEqualTo(DeliveryResult.ACKNOWLEDGED));
        assertThat(used.stream().distinct()).hasSize(2);
    }

    @Test
    void aConnectionThatTheAppClosesWhileItIsIdleIsForgotten() {
        gateway.deliver("orders", "1");
        used.get(0).close();
        await().until(() -> gateway.deliver("orders", "2").equals(DeliveryResult.ACKNOWLEDGED));

        assertThat(used.stream().distinct()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 16 * 1024, 16 * 1024 + 1, 3_000_000})
    void bodiesOfAnyLengthArrive(int length) {
        var requests = new CopyOnWriteArrayList<String>();
        onPost = (socket, request) -> {
            requests.add(request);
            socket.write(OK);
        };
        var value = "x".repeat(length);

        assertThat(gateway.deliver("orders", record("k", value))).isEqualTo(DeliveryResult.ACKNOWLEDGED);

        assertThat(requests)
                .singleElement()
                .asString()
                .startsWith("POST /orders HTTP/1.1\r\nhost: 127.0.0.1:" + port.port() + "\r\n")
                .contains("\r\ncontent-length: " + length + "\r\n")
                .endsWith("\r\n\r\n" + value);
    }
}
