package io.sluice.it.process;

/** Component files for tests. */
public final class ComponentFile {
    private ComponentFile() {}

    /**
     * An output binding without security.
     *
     * @param fields further ones, name and value in turn
     */
    public static String output(String name, String brokers, String topic, String... fields) {
        StringBuilder file = new StringBuilder("""
                apiVersion: dapr.io/v1alpha1
                kind: Component
                metadata: {name: %s}
                spec:
                  type: bindings.kafka
                  version: v1
                  initTimeout: 2s
                  metadata:
                    - {name: brokers, value: "%s"}
                    - {name: authType, value: none}
                    - {name: direction, value: output}
                    - {name: publishTopic, value: %s}
                """.formatted(name, brokers, topic));
        for (int i = 0; i < fields.length; i += 2) {
            file.append("    - {name: %s, value: \"%s\"}%n".formatted(fields[i], fields[i + 1]));
        }
        return file.toString();
    }
}
