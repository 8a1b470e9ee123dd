package io.sluice.http.deliver;

import static io.sluice.http.deliver.DeliveryHarness.header;
import static io.sluice.http.deliver.DeliveryHarness.record;
import static io.sluice.http.deliver.DeliveryHarness.settings;
import static io.sluice.http.deliver.InputBinding.declared;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.message.Delivery;
import io.sluice.core.message.Delivery.Coordinates;
import io.sluice.core.message.DeliveryResult;
import io.sluice.core.message.RecordHeader;
import io.sluice.http.deliver.TestApp.Got;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeliveryRequestTest {
    private final DeliveryHarness gateway = new DeliveryHarness();
    private final TestApp app = new TestApp(gateway.vertx);

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void aRecordIsAPostOfItsValueToTheRoute() {
        app.listen();
        gateway.open(settings(app), declared("orders").route("v1//./custom path/x/../"));

        var result = gateway.deliver("orders", record("k1", "{\"a\": 1.0}"));

        assertThat(result).isEqualTo(DeliveryResult.ACKNOWLEDGED);
        var got = onlyPost();
        assertThat(got.uri()).isEqualTo("/v1/custom%20path");
        assertThat(got.text()).isEqualTo("{\"a\": 1.0}");
        assertThat(got.header("content-type")).isEqualTo("application/json");
        assertThat(got.header("content-length")).isEqualTo("10");
        assertThat(got.header("__key")).isEqualTo("k1");
        assertThat(got.header("__topic")).isEqualTo("topic");
        assertThat(got.header("__partition")).isEqualTo("3");
        assertThat(got.header("__offset")).isEqualTo("42");
        assertThat(got.header("__timestamp")).isEqualTo("1700000000123");
        assertThat(got.headers().contains("dapr-api-token")).isFalse();
    }

    @Test
    void aTombstoneIsNullAndAnEmptyValueIsEmptyAndBytesStayAsTheyAre() {
        app.listen();
        gateway.open(settings(app), declared("orders"));
        byte[] binary = {0, -1, 13, 10, -128};

        gateway.deliver("orders", record(null));
        gateway.deliver("orders", record(""));
        gateway.deliver("orders", new Delivery(new Coordinates("topic", 0, 0), 0, null, binary, List.of()));

        assertThat(app.posts()).extracting(Got::text).startsWith("null", "");
        assertThat(app.posts().get(0).headers().contains("__key")).isFalse();
        assertThat(app.posts().get(1).header("content-length")).isEqualTo("0");
        assertThat(app.posts().get(2).body()).isEqualTo(binary);
    }

    /** Whoever may write to the topic must not log in at the app, change what it is asked, or say where from. */
    @Test
    void headersThatSayWhoAsksAndWhatStayBehindAreToldOnceEachAndCounted() {
        app.listen();
        gateway.open(settings(app), declared("orders"));

        for (int i = 0; i < 2; i++) {
            gateway.deliver(
                    "orders",
                    record(
                            "1",
                            header("Authorization", "Bearer x"),
                            header("cookie", "admin=1"),
                            header("X-HTTP-Method-Override", "DELETE"),
                            header("content-encoding", "gzip"),
                            header("X_Forwarded_For", "10.0.0.1"),
                            header("x-mine", "2")));
        }

        assertThat(app.posts()).hasSize(2).allSatisfy(got -> assertThat(
                        got.headers().names())
                .contains("x-mine")
                .doesNotContain(
                        "authorization", "cookie", "x-http-method-override", "content-encoding", "x_forwarded_for"));
        assertThat(gateway.complaints.take()).hasSize(5);
        assertThat(gateway.meters
                        .get("sluice_input_excluded_headers")
                        .tag("component", "orders")
                        .counter()
                        .count())
                .isEqualTo(10);
    }

    @Test
    void whichHeadersStayBehindIsTheComponentsToSay() {
        app.listen();
        gateway.open(settings(app), declared("all").leaving(), declared("some").leaving("x-mine", "content-type"));
        var record = record(
                "1",
                header("Authorization", "Bearer x"),
                header("x_mine", "2"),
                header("content-type", "text/x"),
                header("content_length", "9"),
                header("--topic", "other"),
                header("dapr_api_token", "forged"));

        gateway.deliver("all", record);
        gateway.deliver("some", record);

        var all = app.posts().get(0);
        assertThat(all.header("authorization")).isEqualTo("Bearer x");
        assertThat(all.header("x_mine")).isEqualTo("2");
        assertThat(all.header("content-type")).isEqualTo("text/x");
        assertThat(all.headers().names()).doesNotContain("content_length", "--topic", "dapr_api_token");
        var some = app.posts().get(1);
        assertThat(some.header("authorization")).isEqualTo("Bearer x");
        assertThat(some.header("content-type")).isEqualTo("application/json");
        assertThat(some.headers().contains("x_mine")).isFalse();
        assertThat(gateway.complaints.take()).hasSize(2);
    }

    @Test
    void theAppGetsItsToken() {
        app.listen();
        gateway.open(DeliveryHarness.token(app, "s3cret"), declared("orders"));

        gateway.deliver("orders", record("1", header("Dapr-Api-Token", "forged")));

        assertThat(onlyPost().headers().getAll("dapr-api-token")).containsExactly("s3cret");
    }

    @Test
    void headersOfTheRecordGoAlong() {
        app.listen();
        gateway.open(settings(app), declared("orders").excluding("^secret"));

        gateway.deliver(
                "orders",
                record(
                        "ключ",
                        "1",
                        header("correlationId", "first"),
                        header("correlationid", "last"),
                        header("secret-one", "x"),
                        header("Content-Type", "text/plain"),
                        header("content-length", "99"),
                        header("Transfer-Encoding", "chunked"),
                        header("connection", "close"),
                        header("host", "evil"),
                        header("__offset", "0"),
                        header("sluice-encoded-headers", "x"),
                        header("a b", "1"),
                        header("city", "Köln"),
                        header("line", "a\r\nb: c"),
                        header("", "nameless"),
                        new RecordHeader("nothing", null)));

        var got = onlyPost();
        assertThat(got.headers().getAll("correlationid")).containsExactly("last");
        assertThat(got.header("content-type")).isEqualTo("text/plain");
        assertThat(got.header("content-length")).isEqualTo("1");
        assertThat(got.header("host")).isEqualTo("127.0.0.1:" + app.port());
        assertThat(got.headers().getAll("__offset")).containsExactly("42");
        assertThat(got.header("a%20b")).isEqualTo("1");
        assertThat(got.header("city")).isEqualTo("K%C3%B6ln");
        assertThat(got.header("line")).isEqualTo("a%0D%0Ab:%20c");
        assertThat(got.header("__key")).isEqualTo("%D0%BA%D0%BB%D1%8E%D1%87");
        assertThat(got.header("nothing")).isEmpty();
        assertThat(got.headers().names()).doesNotContain("secret-one", "transfer-encoding", "connection", "b");
        assertThat(got.header("sluice-encoded-headers")).isEqualTo("a%20b, city, line, __key");
    }

    @Test
    void escapedHeadersAreEscapedAsGoDoesIt() {
        app.listen();
        gateway.open(settings(app), declared("orders").escaping());

        gateway.deliver("orders", record("a b/ü", "1", header("Name", "x y*z~&=%"), header("content-type", "a/b")));

        assertThat(onlyPost().header("__key")).isEqualTo("a+b%2F%C3%BC");
        assertThat(onlyPost().header("name")).isEqualTo("x+y%2Az~%26%3D%25");
        assertThat(onlyPost().header("content-type")).isEqualTo("a/b");
        assertThat(onlyPost().headers().contains("sluice-encoded-headers")).isFalse();
    }

    private Got onlyPost() {
        assertThat(app.posts()).hasSize(1);
        return app.posts().get(0);
    }
}
