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
        return head(name, brokers) + fields("direction", "output", "publishTopic", topic) + fields(fields);
    }

    /**
     * An input binding without security that reads its topic from the start.
     *
     * @param fields further ones, name and value in turn
     */
    public static String input(String name, String brokers, String topic, String... fields) {
        String own = fields("direction", "input", "topics", topic, "initialOffset", "oldest");
        return head(name, brokers) + own + fields(fields);
    }

    private static String head(String name, String brokers) {
        return """
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
                """.formatted(name, brokers);
    }

    /** Lines to append to a component file: fields, name and value in turn. */
    public static String fields(String... fields) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < fields.length; i += 2) {
            lines.append("    - {name: %s, value: \"%s\"}%n".formatted(fields[i], fields[i + 1]));
        }
        return lines.toString();
    }
}
