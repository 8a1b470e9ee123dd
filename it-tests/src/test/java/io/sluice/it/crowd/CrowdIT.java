package io.sluice.it.crowd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.dev.kafka.Ports;
import io.sluice.it.kafka.TestKafka;
import io.sluice.it.kafka.WithKafka;
import io.sluice.it.process.Api;
import io.sluice.it.process.ComponentFile;
import io.sluice.it.process.Launch;
import io.sluice.it.process.SluiceProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A crowd beside a client that behaves and a binding that is quick, at a gateway with little memory and few file handles. With
 * {@code -Dsluice.deep=true} the crowd is large, and nobody is held up for longer than is promised.
 */
@WithKafka
class CrowdIT {
    private static final boolean DEEP = Boolean.getBoolean("sluice.deep");
    private static final Crowd.Size SIZE = DEEP ? Crowd.Size.LARGE : Crowd.Size.SMALL;
    private static final Duration LONG = Duration.ofMinutes(DEEP ? 5 : 1);
    private static final Duration GRACE = Duration.ofSeconds(5);
    /** Beside the grace, for what a loaded machine needs to end a process. */
    private static final Duration SLACK = Duration.ofSeconds(10);

    private static final long MIB = 1024 * 1024;
    private static final int CALLS = 50;

    private final TestKafka kafka;
    private final int grpcPort = Ports.free(1).get(0);
    private final String heads;
    private final String bomb;
    private final String quick;

    CrowdIT(TestKafka kafka) {
        this.kafka = kafka;
        this.heads = kafka.newTopic();
        this.bomb = kafka.newTopic();
        this.quick = kafka.newTopic();
    }

    @Test
    void aCrowdHoldsNobodyUpAndNothingIsLeftOfIt() throws IOException {
        try (var app = new QuickApp()) {
            Launch launch = launch(app);
            try (SluiceProcess gateway = launch.start();
                    var feed = new Feed(kafka.bootstrapServers(), quick)) {
                Api api = gateway.awaitReady();
                Footprint before = atRest(api, gateway, app);

                crowd(api, gateway, app, feed);

                assertUnharmed(gateway);
                Footprint after = await().atMost(LONG)
                        .until(
                                () -> Footprint.of(gateway),
                                now -> now.heap() < before.heap() + 4 * MIB && now.handles() < before.handles() + 16);
                System.out.println("before " + before + "; after " + after);
                changeAndStop(api, gateway, launch);
            }
        }
    }

    private static Footprint atRest(Api api, SluiceProcess gateway, QuickApp app) {
        await().atMost(LONG).until(() -> app.arrivals().count() > 0);
        try (var good = new GoodClient(api.port())) {
            await().atMost(LONG).until(() -> good.fresh().count() > CALLS);
            assertThat(good.failures()).isEmpty();
        }
        return Footprint.of(gateway);
    }

    private void crowd(Api api, SluiceProcess gateway, QuickApp app, Feed feed) {
        app.arrivals().clear();
        try (var crowd = new Crowd(api.port(), grpcPort, SIZE);
                var good = new GoodClient(api.port())) {
            feed.sendHeaders(heads, SIZE.headers());
            feed.sendBomb(bomb, SIZE.mebibytes());
            await().atMost(LONG).until(() -> crowd.isDone() && good.fresh().count() > CALLS);
            long sentBefore = System.nanoTime();
            await().atMost(LONG).until(() -> app.hasArrivedSince(sentBefore));

            System.out.println("kept " + good.kept() + "; fresh " + good.fresh() + ", " + good.again()
                    + " connected again; arrivals " + app.arrivals() + "; " + crowd);
            assertThat(gateway.out()).anyMatch(line -> line.contains("too many connections"));
            assertThat(good.failures()).isEmpty();
            if (DEEP) {
                assertThat(good.kept().at(99)).isLessThan(Duration.ofSeconds(1));
                assertThat(good.fresh().at(99)).isLessThan(Duration.ofSeconds(1));
                assertThat(app.arrivals().at(100)).isLessThan(Duration.ofSeconds(2));
            }
        }
    }

    /** A crowd keeps nobody from changing a binding, and from stopping the gateway in time. */
    private void changeAndStop(Api api, SluiceProcess gateway, Launch launch) throws IOException {
        try (var crowd = new Crowd(api.port(), grpcPort, SIZE)) {
            Path components = launch.folder().resolve("components");
            Files.writeString(
                    components.resolve("more.yaml"),
                    ComponentFile.output("more", kafka.bootstrapServers(), kafka.newTopic()));
            await().atMost(LONG)
                    .ignoreExceptions()
                    .until(() -> api.create("more", "1")
                                    .orTimeout(5, TimeUnit.SECONDS)
                                    .join()
                                    .statusCode()
                            == 204);
            gateway.signal("TERM");

            assertThat(gateway.awaitExit(GRACE.plus(SLACK))).as("%s", crowd).isZero();
        }
    }

    /** The record that unpacks to more than there is costs its own consumer something, and nobody else. */
    private static void assertUnharmed(SluiceProcess gateway) {
        assertThat(gateway.isAlive()).isTrue();
        assertThat(Stream.concat(gateway.out().stream(), gateway.err().stream())
                        .filter(line -> !line.contains("binding=\"bomb\"")))
                .noneMatch(line -> line.contains("has been blocked for"))
                .noneMatch(line -> line.contains("OutOfMemoryError"));
    }

    private Launch launch(QuickApp app) {
        String brokers = kafka.bootstrapServers();
        return Launch.gateway(
                        ComponentFile.output("orders", brokers, kafka.newTopic()),
                        ComponentFile.input("quick", brokers, quick),
                        ComponentFile.input("heads", brokers, heads),
                        ComponentFile.input("bomb", brokers, bomb))
                .withJvmFlags(List.of("-Xmx128m"))
                .withHandles(512)
                .and("--dapr-grpc-port=" + grpcPort, "--app-port=" + app.port());
    }
}
