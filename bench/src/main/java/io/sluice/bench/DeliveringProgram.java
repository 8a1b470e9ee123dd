package io.sluice.bench;

import io.sluice.bench.deliver.App;
import io.sluice.bench.deliver.Ordering;
import io.sluice.bench.floor.deliver.DeliverFloorMain;
import io.sluice.bench.proc.Jvm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A program that reads the topic of its site, as a consumer group of the same name, and posts the records to an app. */
sealed interface DeliveringProgram extends Program {

    /**
     * The floor.
     *
     * @param appPort where the app listens
     */
    record Floor(Ordering ordering, int appPort) implements DeliveringProgram {
        static final String NAME = "floor";

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public List<String> command(Site site) {
            var args = List.of(site.brokers(), site.topic(), ordering.name(), Integer.toString(appPort), App.PATH);
            return Jvm.main(site.jvmFlags(), DeliverFloorMain.class.getName(), args);
        }
    }

    /**
     * The gateway from its fat jar, with its shipped defaults but for the ordering.
     *
     * @param appPort where the app listens
     */
    record Gateway(Path jar, Ordering ordering, int appPort) implements DeliveringProgram {
        static final String NAME = Program.Gateway.NAME;

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public List<String> command(Site site) throws IOException {
            var flags = List.of("--app-port", Integer.toString(appPort));
            return Program.Gateway.command(jar, site, component(site), flags);
        }

        private String component(Site site) {
            return """
                    apiVersion: dapr.io/v1alpha1
                    kind: Component
                    metadata:
                      name: bench
                    spec:
                      type: bindings.kafka
                      version: v1
                      metadata:
                        - name: brokers
                          value: "%1$s"
                        - name: topics
                          value: "%2$s"
                        - name: consumerGroup
                          value: "%2$s"
                        - name: initialOffset
                          value: "oldest"
                        - name: authType
                          value: "none"
                        - name: direction
                          value: "input"
                        - name: ordering
                          value: "%3$s"
                        - name: route
                          value: "%4$s"
                    """.formatted(site.brokers(), site.topic(), ordering.text(), App.PATH);
        }
    }
}
