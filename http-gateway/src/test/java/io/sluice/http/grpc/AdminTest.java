package io.sluice.http.grpc;

import static io.sluice.http.grpc.TestApi.INVOKE;
import static io.sluice.http.grpc.TestApi.SERVICE;
import static io.sluice.http.grpc.TestApi.create;
import static io.sluice.http.grpc.TestApi.frame;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.sluice.http.TestDoor;
import io.sluice.http.Waiting;
import io.sluice.http.api.ApiServices;
import io.sluice.http.api.HttpApi;
import io.sluice.http.api.HttpApiSettings;
import io.sluice.http.grpc.TestApi.Setup;
import io.sluice.http.grpc.proto.GetMetadataRequest;
import io.sluice.http.grpc.proto.GetMetadataResponse;
import io.sluice.http.grpc.proto.SetMetadataRequest;
import io.sluice.http.grpc.proto.ShutdownRequest;
import io.sluice.http.listen.AllowedOrigins;
import io.sluice.http.listen.ListenAddress;
import io.vertx.core.json.JsonObject;
import io.vertx.grpc.common.GrpcStatus;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdminTest {
    private final TestApi api = new TestApi();

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void theMetadataIsThatOfTheHttpApi() throws Exception {
        var http = http();
        send(http, "/noted-over-http", request -> request.PUT(BodyPublishers.ofString("1")));
        var set = api.call(SERVICE + "SetMetadata", note("noted-over-grpc", "ü"));

        var json = JsonFormat.printer().print(metadata());

        assertThat(set.status()).isZero();
        assertThat(new JsonObject(json).getJsonObject("extended").getMap())
                .containsEntry("noted-over-http", "1")
                .containsEntry("noted-over-grpc", "ü");
        // What is false is left out of a message's JSON, and said in Dapr's.
        var spoken = new JsonObject(send(http, "", HttpRequest.Builder::GET));
        spoken.getJsonObject("actorRuntime").remove("hostReady");
        assertThat(new JsonObject(json)).isEqualTo(spoken);
    }

    @Test
    void aNoteThatIsTooLongIsRefused() {
        var reply = api.call(SERVICE + "SetMetadata", note("k", "x".repeat(4096)));

        assertThat(reply.status()).isEqualTo(3);
        assertThat(reply.message()).startsWith("no room for the entry");
    }

    @Test
    void shutdownIsAnsweredAndThenAskedFor() throws InterruptedException {
        var reply = api.call(SERVICE + "Shutdown", ShutdownRequest.getDefaultInstance());

        assertThat(reply.status()).isZero();
        assertThat(api.shutdowns.poll(10, TimeUnit.SECONDS)).isFalse();
    }

    @Test
    void callsAreCountedByMethodAndStatus() {
        api.call(INVOKE, create("orders").build());
        api.call(INVOKE, create("orders").build());
        api.call(INVOKE, create("nobody").build());
        api.call("/made.Up/ByAClient", GetMetadataRequest.getDefaultInstance());

        assertThat(completed(INVOKE, "OK")).isEqualTo(2);
        assertThat(completed(INVOKE, "Internal")).isEqualTo(1);
        assertThat(completed("other", "Unimplemented")).isEqualTo(1);
        assertThat(api.meters.get("dapr_grpc_io_server_server_latency").summaries())
                .hasSize(3)
                .allMatch(latency -> latency.max() > 0);
    }

    @ParameterizedTest
    @CsvSource({"OK,OK", "CANCELLED,Canceled", "DEADLINE_EXCEEDED,DeadlineExceeded", "INTERNAL,Internal"})
    void statusesHaveTheNamesThatDaprGivesThem(GrpcStatus status, String name) {
        assertThat(GoStatus.name(status)).isEqualTo(name);
    }

    @Test
    void codeThatThrowsIsAnsweredWithoutItsWords() {
        var sound = api.services;
        var broken = new ApiServices(
                sound.catalog(), sound.health(), sound.meters(), sound.info(), sound.shutdown(), null, sound.heap());
        var settings = api.state(Setup.usual(), 0).settings();
        var port = Waiting.get(GrpcApi.start(api.vertx, settings, broken)).port();

        var reply = Waiting.get(TestApi.open(api.client, "127.0.0.1", port, SERVICE + "GetMetadata")
                .compose(request -> TestApi.exchange(request, frame(new byte[0]))));

        assertThat(reply.status()).isEqualTo(13);
        assertThat(reply.message()).isEqualTo("internal error, see the gateway's log");
        assertThat(api.complaints.take()).hasSize(1).allMatch(line -> line.endsWith("call failed"));
    }

    @Test
    void anErrorIsAnsweredToo() {
        var state = api.state(Setup.usual(), 0);
        Endpoint broken = (call, message) -> {
            throw new StackOverflowError("on purpose");
        };
        var door = new GrpcFrontDoor(
                api.vertx,
                state,
                new GrpcCalls(api.vertx, state),
                Map.of(SERVICE.substring(1) + "GetMetadata", broken));
        var server =
                Waiting.get(api.vertx.createHttpServer().requestHandler(door).listen(0, "127.0.0.1"));

        var reply = Waiting.get(TestApi.open(api.client, "127.0.0.1", server.actualPort(), SERVICE + "GetMetadata")
                .compose(request -> TestApi.exchange(request, frame(new byte[0]))));

        assertThat(reply.status()).isEqualTo(13);
        assertThat(api.complaints.take()).hasSize(1).allMatch(line -> line.endsWith("call failed"));
    }

    private double completed(String method, String status) {
        return api.meters
                .get("dapr_grpc_io_server_completed_rpcs")
                .tags("app_id", "shop", "grpc_server_method", method, "grpc_server_status", status)
                .functionCounter()
                .count();
    }

    private static SetMetadataRequest note(String key, String value) {
        return SetMetadataRequest.newBuilder().setKey(key).setValue(value).build();
    }

    private GetMetadataResponse metadata() throws InvalidProtocolBufferException {
        var reply = api.call(SERVICE + "GetMetadata", GetMetadataRequest.getDefaultInstance());
        return GetMetadataResponse.parseFrom(reply.payload());
    }

    private HttpApi http() {
        var settings = new HttpApiSettings(
                ListenAddress.tcp(List.of("127.0.0.1"), 0),
                null,
                1 << 20,
                16 << 10,
                TestDoor.OPEN.open(api.vertx),
                AllowedOrigins.NONE,
                Duration.ofSeconds(20),
                1,
                false);
        return Waiting.get(HttpApi.start(api.vertx, settings, api.services));
    }

    private static String send(HttpApi http, String path, UnaryOperator<HttpRequest.Builder> method)
            throws IOException, InterruptedException {
        var uri = URI.create("http://127.0.0.1:" + http.port() + "/v1.0/metadata" + path);
        var request = method.apply(HttpRequest.newBuilder(uri)).build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }
}
