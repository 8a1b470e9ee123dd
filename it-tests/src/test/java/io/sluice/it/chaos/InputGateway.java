package io.sluice.it.chaos;

import io.sluice.it.process.ComponentFile;
import io.sluice.it.process.Launch;

/** Gateways that bring the records of one topic to an app. */
final class InputGateway {
    private InputGateway() {}

    /**
     * A gateway with one input binding that tries refused records again soon, for ever.
     *
     * @param path where the app gets the records, {@code /group} or {@code /group/member}
     * @param fields further ones of the component file, name and value in turn
     */
    static Launch of(String brokers, String topic, RecordingApp app, String path, String... fields) {
        return Launch.gateway(component("in", brokers, topic, path, fields)).and("--app-port", app.port());
    }

    /** The component file of such a binding. */
    static String component(String name, String brokers, String topic, String path, String... fields) {
        String file = ComponentFile.input(
                name,
                brokers,
                topic,
                "route",
                path,
                "consumerGroup",
                topic + "-" + path.split("/")[1],
                "consumeRetryEnabled",
                "true",
                "backOffDuration",
                "50ms");
        return file + ComponentFile.fields(fields);
    }
}
