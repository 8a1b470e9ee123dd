package io.sluice.it.browser;

import static java.net.URLEncoder.encode;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.it.browser.WebSite.HandedOn;
import io.sluice.it.gateway.Component;
import io.sluice.it.gateway.TestGateway;
import io.sluice.it.kafka.TestKafka;
import io.sluice.it.kafka.WithKafka;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a page of somebody else's site can do to a gateway without a token on the machine that it is looked at on. Where no
 * Chromium is installed these tests are skipped; {@code .ci/run} installs one where it can.
 */
@WithKafka
class WebPageIT {
    /** A browser's first start on a busy machine takes its time. */
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private static final String KEPT = "kept from the page";

    @TempDir
    private Path folder;

    private final WebSite site = new WebSite();
    private @Nullable Browser browser;
    private Path chromium;
    private String topic;

    @BeforeEach
    void find(TestKafka kafka) {
        Optional<Path> installed = Browser.installed();
        assumeTrue(
                installed.isPresent(),
                "Chromium: what web pages can do was not tried: .ci/run installs it and sets SLUICE_CHROMIUM");
        chromium = installed.get();
        topic = kafka.newTopic();
    }

    @AfterEach
    void close() throws InterruptedException {
        if (browser != null) {
            browser.close();
        }
        site.close();
    }

    @Test
    void nothingThatAPageOfAnotherSiteTriesGetsThrough(TestKafka kafka) throws Exception {
        try (TestGateway gateway = gateway(kafka)) {
            open(page("evil.test") + "&stop");
            Map<String, Object> seen = outcomes("evil.test");

            assertThat(answers())
                    .isEqualTo(Map.of(
                            "POST /v1.0/bindings/orders", Set.of(403),
                            "POST /v1.0-sluice/bindings/orders/raw", Set.of(403),
                            "POST /v1.0-sluice/bindings/orders/failures/orders/0/0/redeliver", Set.of(403),
                            "GET /v1.0/metadata", Set.of(403),
                            "POST /v1.0/shutdown", Set.of(403),
                            // What the browser asks before it sends: there is nothing of that kind.
                            "OPTIONS /v1.0/bindings/orders", Set.of(404)));
            assertThat(seen)
                    .containsEntry("create", KEPT)
                    .containsEntry("read", KEPT)
                    .containsEntry("read by a name of the page", "answered 403")
                    .containsEntry("create by a name of the page", "answered 403");
            assertThat(kafka.readAll(topic)).isEmpty();
            assertThat(gateway.get("/v1.0/healthz").statusCode()).isEqualTo(204);
        }
    }

    @Test
    void aPageOfAnAllowedOriginMayCallAndReadAndNoOtherPage(TestKafka kafka) throws Exception {
        try (TestGateway gateway = gateway(kafka, "--allowed-origins=" + site.origin("shop.test"))) {
            assertThat(gateway.get("/v1.0/healthz").statusCode()).isEqualTo(204);
            open(page("evil.test") + "&next=" + encode(page("shop.test"), UTF_8));

            assertThat(outcomes("evil.test")).containsEntry("create", KEPT).containsEntry("read", KEPT);
            assertThat(outcomes("shop.test"))
                    .containsEntry("create", "answered 204")
                    .containsEntry("read", "answered 200")
                    .containsEntry("read by a name of the page", "answered 403")
                    .containsEntry("create by a name of the page", "answered 403");
            assertThat(kafka.readAll(topic))
                    .extracting(record -> new String(record.value(), UTF_8))
                    .containsExactlyInAnyOrder("\"from a form\"", "\"from a page\"", "\"from a page\"", "raw");
        }
    }

    /** The gateway's answers to each kind of request. */
    private Map<String, Set<Integer>> answers() {
        return site.handedOn().stream().collect(groupingBy(HandedOn::request, mapping(HandedOn::status, toSet())));
    }

    private TestGateway gateway(TestKafka kafka, String... flags) {
        TestGateway gateway = TestGateway.start(Map.of(), List.of(Component.output(kafka, "orders", topic)), flags);
        site.handOnTo(gateway.httpPort());
        return gateway;
    }

    /** The site's page under a name of the site, which calls the gateway by an address. */
    private String page(String host) {
        return site.origin(host) + "/page?gateway=" + encode(site.origin("127.0.0.1"), UTF_8);
    }

    private void open(String page) throws IOException {
        browser = Browser.open(chromium, folder, page);
    }

    /** What the page under this name has seen, once it has tried everything. */
    private Map<String, Object> outcomes(String host) {
        String authority = site.origin(host).substring("http://".length());
        return await().atMost(LIMIT)
                .until(() -> site.outcomes().get(authority), Objects::nonNull)
                .getMap();
    }
}
