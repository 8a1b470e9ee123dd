package io.sluice.http.grpc;

import static io.sluice.http.grpc.TestApi.INVOKE;
import static io.sluice.http.grpc.TestApi.SERVICE;
import static io.sluice.http.grpc.TestApi.create;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.MessageLite;
import io.sluice.http.SlowIssuer;
import io.sluice.http.TestDoor;
import io.sluice.http.Waiting;
import io.sluice.http.grpc.TestApi.Setup;
import io.sluice.http.grpc.proto.GetMetadataRequest;
import io.sluice.http.grpc.proto.SetMetadataRequest;
import io.sluice.http.grpc.proto.ShutdownRequest;
import io.vertx.grpc.common.GrpcStatus;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GrantsTest {

    @ParameterizedTest
    @MethodSource("methods")
    void aMethodNeedsItsRight(String method, MessageLite message, String right) {
        assertThat(call(method, message, "[{'to': 'anybody', " + right + "}]").status())
                .isEqualTo(GrpcStatus.OK.code);

        var denied = call(method, message, "[{'to': 'anybody', 'invoke': 'nothing', 'may': 'health'}]");
        assertThat(denied.status()).isEqualTo(GrpcStatus.PERMISSION_DENIED.code);
        assertThat(denied.message()).startsWith("the caller lacks the right ");
    }

    static Stream<Arguments> methods() {
        return Stream.of(
                Arguments.of(INVOKE, create("orders").build(), "'invoke': 'orders'"),
                Arguments.of(SERVICE + "GetMetadata", GetMetadataRequest.getDefaultInstance(), "'may': 'metadata'"),
                Arguments.of(
                        SERVICE + "SetMetadata",
                        SetMetadataRequest.newBuilder()
                                .setKey("a")
                                .setValue("b")
                                .build(),
                        "'may': 'set-metadata'"),
                Arguments.of(SERVICE + "Shutdown", ShutdownRequest.getDefaultInstance(), "'may': 'shutdown'"));
    }

    @Test
    void whoHasNotSaidWhoHeIsIsAskedFirst() {
        var door = TestDoor.OPEN
                .token("s3cret")
                .grants("[{'to': 'dapr-api-token', 'invoke': 'orders'}, {'to': 'anybody', 'invoke': 'public'}]"
                        .replace('\'', '"'));
        try (var api = new TestApi(Setup.usual().door(door))) {
            assertThat(api.call(INVOKE, create("orders").build()).status()).isEqualTo(GrpcStatus.UNAUTHENTICATED.code);
            assertThat(api.call(INVOKE, create("orders").build(), "dapr-api-token", "s3cret")
                            .status())
                    .isEqualTo(GrpcStatus.OK.code);
            assertThat(api.call(INVOKE, create("both").build(), "dapr-api-token", "s3cret")
                            .status())
                    .isEqualTo(GrpcStatus.PERMISSION_DENIED.code);
            assertThat(api.producer.requests()).hasSize(1);
        }
    }

    @Test
    void aMessageThatComesBeforeTheKeysDoIsKept() {
        try (var issuer = new SlowIssuer();
                var api = new TestApi(Setup.usual().door(TestDoor.OPEN.oidc(issuer.settings())))) {
            var message = TestApi.frame(create("orders").build().toByteArray());
            var reply = api.send(INVOKE, message, "authorization", "Bearer " + issuer.token());

            // On the same connection: once this one is answered, the one before has come in.
            assertThat(api.call(INVOKE, create("orders").build(), "authorization", "Bearer nonsense")
                            .status())
                    .isEqualTo(GrpcStatus.UNAUTHENTICATED.code);

            issuer.showKeys();

            assertThat(Waiting.get(reply).status()).isEqualTo(GrpcStatus.OK.code);
        }
    }

    private static Reply call(String method, MessageLite message, String grants) {
        try (var api = new TestApi(Setup.usual().door(TestDoor.OPEN.grants(grants.replace('\'', '"'))))) {
            return api.call(method, message);
        }
    }
}
