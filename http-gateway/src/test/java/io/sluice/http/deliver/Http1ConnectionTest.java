package io.sluice.http.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.http.Waiting;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a connection is offered again. */
class Http1ConnectionTest {
    private static final String OK = "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n";

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        Waiting.get(vertx.close());
    }

    /** What was told of one request, in order. */
    private static final class Told implements Http1Connection.Owner, Exchange.Answer {
        private final List<String> events = new ArrayList<>();
        private final Promise<List<String>> gone = Promise.promise();
        private final Promise<List<String>> ended = Promise.promise();

        @Override
        public void free(long nanos) {
            events.add(nanos > 0 ? "free again" : "not to be used again");
        }

        @Override
        public void gone() {
            events.add("gone");
            gone.tryComplete(events);
        }

        @Override
        public void head(int status, String retryAfter) {
            events.add("status " + status);
        }

        @Override
        public void unfinished() {
            // As often as the bytes come in pieces.
        }

        @Override
        public void piece(Buffer piece) {
            events.add("piece");
        }

        @Override
        public void end() {
            events.add("end");
            ended.tryComplete(events);
        }

        @Override
        public void broken(Throwable cause) {
            events.add("broken");
            ended.tryComplete(events);
        }
    }

    @Test
    void aConnectionIsFreeAgainBeforeItsAnswerIsToldToBeOver() {
        var told = new Told();

        request(OK, told);

        assertThat(Waiting.get(told.ended.future())).containsExactly("status 200", "free again", "end");
    }

    /** Everything comes in one read, so that nobody has closed it when the answer is at its end. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                OK + "HTTP/1.1 500 No\r\ncontent-length: 0\r\n\r\n",
                OK + OK,
                OK + "HTTP/1.1",
                "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"
            })
    void aConnectionThatIsGivenUpIsNeverFreeAgain(String answer) {
        var told = new Told();

        request(answer, told);

        assertThat(Waiting.get(told.ended.future()))
                .startsWith("status 200")
                .contains("not to be used again", "end")
                .doesNotContain("free again");
    }

    @Test
    void aConnectionThatBreaksIsToldToBeGoneOnceAndItsRequestToBeBroken() {
        var told = new Told();

        request("HTTP/1.1 2", told);

        assertThat(Waiting.get(told.ended.future())).containsExactly("gone", "broken");
    }

    /** Sends a request to a server that gives this answer, in one piece, and closes after half an answer. */
    private void request(String answer, Told told) {
        var server = vertx.createNetServer()
                .connectHandler(socket -> socket.handler(request -> {
                    socket.write(answer);
                    if (!answer.startsWith("HTTP/1.1 200")) {
                        socket.close();
                    }
                }));
        int port = Waiting.get(server.listen(0, "127.0.0.1")).actualPort();
        vertx.createNetClient().connect(port, "127.0.0.1").onSuccess(socket -> begin(socket, told));
    }

    private static void begin(NetSocket socket, Told told) {
        var connection = Http1Connection.over(socket, 64 * 1024, told);
        connection.send(RequestBytes.start("POST", "/orders", "localhost"), new WireHeaders(false), null, told);
    }
}
