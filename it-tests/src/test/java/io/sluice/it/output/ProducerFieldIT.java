package io.sluice.it.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.gateway.Component;
import io.sluice.it.gateway.TestGateway;
import io.sluice.it.kafka.TestKafka;
import io.sluice.it.kafka.WithKafka;
import io.sluice.it.output.LogSegment.Batch;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fields of a component whose effect only the broker can show. */
@WithKafka
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProducerFieldIT {
    private static final String COMPRESSIBLE = "\"" + "x".repeat(900) + "\"";

    private TestKafka kafka;
    private TestGateway gateway;
    private String plain;
    private String compressed;
    private String together;
    private String apart;

    @BeforeAll
    void start(TestKafka shared) {
        kafka = shared;
        plain = kafka.newTopic(1, Map.of("max.message.bytes", "1000"));
        compressed = kafka.newTopic();
        together = kafka.newTopic();
        apart = kafka.newTopic();
        gateway = TestGateway.start(
                Component.output(kafka, "gzip", compressed).with("compression", "gzip"),
                Component.output(kafka, "snappy", compressed).with("compression", "Snappy"),
                Component.output(kafka, "lz4", compressed).with("compression", "lz4"),
                Component.output(kafka, "zstd", compressed).with("compression", "zstd"),
                Component.output(kafka, "none", compressed).with("compression", "none"),
                Component.output(kafka, "acks-all", plain).with("producerRequiredAcks", "all"),
                Component.output(kafka, "acks-local", plain).with("producerRequiredAcks", "local"),
                Component.output(kafka, "acks-none", plain).with("producerRequiredAcks", "none"),
                Component.output(kafka, "duplicates", plain).with("idempotence", "false"),
                Component.output(kafka, "together", together).with("linger", "400ms"),
                Component.output(kafka, "apart", apart).with("linger", "400ms").with("batchSize", "0"));
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "snappy", "lz4", "zstd", "none"})
    void batchesAreCompressedAsTheFieldSays(String codec) {
        assertThat(status(codec, COMPRESSIBLE)).isEqualTo(204);

        List<Batch> batches = LogSegment.batches(kafka, compressed);
        assertThat(batches.get(batches.size() - 1).codec()).isEqualTo(codec);
        assertThat(kafka.readAll(compressed))
                .allSatisfy(record -> assertThat(record.value()).isEqualTo(COMPRESSIBLE.getBytes(UTF_8)));
    }

    @Test
    void onlyAProducerThatWaitsForAllCopiesIsIdempotentUnlessToldNotToBe() {
        assertThat(lastBatchOf("acks-all").idempotent()).isTrue();
        assertThat(lastBatchOf("acks-local").idempotent()).isFalse();
        assertThat(lastBatchOf("duplicates").idempotent()).isFalse();
    }

    @Test
    void recordsThatLingerShareABatchIfItIsLargeEnough() {
        assertThat(batchesOfTenCalls("together", together)).isLessThan(10);
        assertThat(batchesOfTenCalls("apart", apart)).isEqualTo(10);
    }

    @Test
    void aRefusalOfTheBrokerIsNotHeardWithoutAcknowledgements() {
        String tooLargeForTheTopic = "\"" + "x".repeat(2_000) + "\"";
        int before = kafka.readAll(plain).size();

        assertThat(status("acks-all", tooLargeForTheTopic)).isEqualTo(500);
        assertThat(status("acks-local", tooLargeForTheTopic)).isEqualTo(500);
        assertThat(status("acks-none", tooLargeForTheTopic)).isEqualTo(204);

        assertThat(kafka.readAll(plain)).hasSize(before);
    }

    @Test
    void brokersHearTheClientIdWithEveryRequest() throws IOException {
        try (ServerSocket broker = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"))) {
            broker.setSoTimeout(10_000);
            String address = "127.0.0.1:" + broker.getLocalPort();
            Component named = Component.output(kafka, "named", "any")
                    .with("brokers", address)
                    .with("clientID", "the client ä");
            try (TestGateway unanswered = TestGateway.start(named)) {
                assertThat(clientIds(broker, 2)).containsExactly("the client ä");
                assertThat(unanswered.get("/v1.0-sluice/health").statusCode()).isEqualTo(503);
            }
        }
    }

    /** What the first request on each of the next connections calls its sender. */
    private static Set<String> clientIds(ServerSocket broker, int connections) throws IOException {
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < connections; i++) {
            try (Socket socket = broker.accept()) {
                socket.setSoTimeout(10_000);
                ids.add(clientId(new DataInputStream(socket.getInputStream())));
            }
        }
        return ids;
    }

    /** Reads the header of a request: https://kafka.apache.org/protocol, Request Header v1 and v2. */
    private static String clientId(DataInputStream request) throws IOException {
        int lengthKeyVersionAndCorrelation = 4 + 2 + 2 + 4;
        request.readFully(new byte[lengthKeyVersionAndCorrelation]);
        byte[] id = new byte[request.readShort()];
        request.readFully(id);
        return new String(id, UTF_8);
    }

    private Batch lastBatchOf(String binding) {
        assertThat(status(binding, "1")).isEqualTo(204);
        List<Batch> batches = LogSegment.batches(kafka, plain);
        return batches.get(batches.size() - 1);
    }

    private int batchesOfTenCalls(String binding, String topic) {
        List<CompletableFuture<HttpResponse<String>>> calls = IntStream.range(0, 10)
                .mapToObj(i -> gateway.callAsync(binding, TestGateway.envelope(COMPRESSIBLE)))
                .toList();
        assertThat(calls)
                .allSatisfy(call -> assertThat(call.join().statusCode()).isEqualTo(204));
        return LogSegment.batches(kafka, topic).size();
    }

    private int status(String binding, String data) {
        return gateway.call(binding, TestGateway.envelope(data)).statusCode();
    }
}
