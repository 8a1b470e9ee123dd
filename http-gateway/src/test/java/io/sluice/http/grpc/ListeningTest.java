package io.sluice.http.grpc;

import static io.sluice.http.grpc.TestApi.INVOKE;
import static io.sluice.http.grpc.TestApi.create;
import static io.sluice.http.grpc.TestApi.frame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.http.FakeProducer;
import io.sluice.http.Waiting;
import io.sluice.http.grpc.TestApi.Setup;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

class ListeningTest {

    @Test
    void allAddressesAndEventLoopsShareThePickedPort() {
        try (var api = new TestApi(Setup.usual().listening(2, "127.0.0.1", "127.0.0.2"))) {
            assertThat(api.api.port()).isPositive();
            for (var host : new String[] {"127.0.0.1", "127.0.0.1", "127.0.0.2", "127.0.0.2"}) {
                assertThat(callOverNewConnection(api, host).status()).isZero();
            }
            var senders = new HashSet<String>();
            api.producer.batches().forEach(batch -> senders.add(batch.replyTo()));
            assertThat(senders).as("event loops that served").hasSize(2);
        }
    }

    @Test
    void aPortInUseFailsTheStart() throws Exception {
        try (var api = new TestApi();
                var taken = new ServerSocket()) {
            taken.bind(new InetSocketAddress("127.0.0.1", 0));

            var start = GrpcApi.start(api.vertx, api.state(Setup.usual(), taken.getLocalPort()));
            await().until(start::isComplete);

            assertThat(start.cause()).isInstanceOf(BindException.class);
        }
    }

    @Test
    void stoppingLetsACallInProgressEnd() {
        try (var api = new TestApi()) {
            api.producer.answer(request -> null);
            var reply = api.send(INVOKE, frame(create("orders").build().toByteArray()));
            await().until(() -> api.producer.batches().size() == 1);

            var stopped = api.api.stop();
            api.producer.send(api.producer.batches().get(0), 0, FakeProducer.STORED);

            assertThat(Waiting.get(reply).status()).isZero();
            Waiting.get(stopped);
        }
    }

    private static Reply callOverNewConnection(TestApi api, String host) {
        var client = api.vertx.createHttpClient(
                new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false));
        return Waiting.get(TestApi.open(client, host, api.api.port(), INVOKE)
                .compose(request ->
                        TestApi.exchange(request, frame(create("orders").build().toByteArray()))));
    }
}
