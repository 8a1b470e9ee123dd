package io.sluice.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.app.settings.Settings.Cluster;
import io.sluice.core.bus.Addresses;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class EventBusesTest {

    @Test
    void membersOfOneMachineReachEachOthersBindings() {
        var cluster = new Cluster(true, null);
        Vertx serving = EventBuses.create(cluster, 1).await();
        Vertx calling = EventBuses.create(cluster, 1).await();
        serving.eventBus()
                .<String>consumer(Addresses.invoke("orders"), message -> message.reply(message.body() + " stored"))
                .completion()
                .await();
        assertThat(calling.eventBus()
                        .<String>request(Addresses.invoke("orders"), "record")
                        .await()
                        .body())
                .isEqualTo("record stored");
        Future.all(serving.close(), calling.close()).await();
    }

    @Test
    void aFileThatIsNotHazelcastsIsAFailureThatNamesTheFlag() {
        assertThatThrownBy(() -> EventBuses.create(new Cluster(true, Path.of("pom.xml")), 1)
                        .await())
                .isInstanceOf(StartFailure.class)
                .hasMessageStartingWith("--cluster-config: ");
    }
}
