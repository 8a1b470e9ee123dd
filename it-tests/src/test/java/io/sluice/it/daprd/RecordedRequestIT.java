package io.sluice.it.daprd;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.gateway.Component;
import io.sluice.it.gateway.TestGateway;
import io.sluice.it.kafka.TestKafka;
import io.sluice.it.kafka.WithKafka;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests, byte for byte, are answered as they were by daprd, but for what the file says is right here instead. */
@WithKafka
class RecordedRequestIT {
    private static final Pattern STATUS = Pattern.compile("^HTTP/1\\.1 (\\d{3})", Pattern.MULTILINE);
    private static final int LIMIT_MILLIS = 10_000;
    private static final String BODY = "body=";

    private static TestGateway gateway;

    @BeforeAll
    static void start(TestKafka kafka) {
        String topic = kafka.newTopic();
        gateway = TestGateway.start(
                Component.output(kafka, "b", topic),
                Component.output(kafka, "my b", topic),
                Component.input(kafka, "in", topic));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    static Stream<Recorded> requests() {
        return Recorded.in("requests.txt");
    }

    @ParameterizedTest
    @MethodSource("requests")
    void aRequestIsAnsweredAsItWasByDaprd(Recorded line) throws IOException {
        String answer = send(request(line.tried()));

        assertThat(shape(answer)).as(answer).isEqualTo(line.sluice());
    }

    private static String request(String tried) {
        int bodyAt = tried.indexOf(BODY);
        String body = bodyAt < 0 ? "" : tried.substring(bodyAt + BODY.length()).replace("\\r\\n", "\r\n");
        List<String> head =
                new ArrayList<>(Arrays.asList((bodyAt < 0 ? tried : tried.substring(0, bodyAt)).split("; ")));
        head.set(0, head.get(0) + " HTTP/1.1");
        if (!head.remove("no host") && head.stream().noneMatch(part -> part.startsWith("Host:"))) {
            head.add("Host: localhost");
        }
        if (head.stream().noneMatch(part -> part.startsWith("Transfer-Encoding:"))) {
            head.add("Content-Length: " + body.length());
        }
        head.add("Connection: close");
        return String.join("\r\n", head) + "\r\n\r\n" + body;
    }

    private static String send(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", gateway.httpPort())) {
            socket.setSoTimeout(LIMIT_MILLIS);
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }

    /** All statuses, and what is said in the body if it is Dapr's error. */
    private static String shape(String answer) {
        if (answer.isEmpty()) {
            return "closed";
        }
        String statuses =
                STATUS.matcher(answer).results().map(it -> it.group(1)).collect(Collectors.joining(", "));
        String body = answer.substring(answer.lastIndexOf("\r\n\r\n") + 4);
        try {
            JsonObject error = new JsonObject(body);
            return statuses + " " + error.getString("errorCode") + ": " + error.getString("message");
        } catch (DecodeException e) {
            return statuses;
        }
    }
}
