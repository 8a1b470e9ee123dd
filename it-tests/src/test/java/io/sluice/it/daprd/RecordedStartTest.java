package io.sluice.it.daprd;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.app.settings.Invocation;
import io.sluice.app.settings.SettingsReader;
import io.sluice.core.component.ComponentLoader;
import io.sluice.core.component.LoaderSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Command lines and component files start Sluice where they start daprd, but for what the files say is right here instead. */
class RecordedStartTest {
    @TempDir
    Path folder;

    static Stream<Recorded> flags() {
        return Recorded.in("flags.txt");
    }

    static Stream<Recorded> fields() {
        return Recorded.in("fields.txt");
    }

    @ParameterizedTest
    @MethodSource("flags")
    void aCommandLineIsTakenAsItWasByDaprd(Recorded line) {
        var args = new ArrayList<>(List.of("--app-id", "recorded"));
        args.addAll(List.of(line.tried().split(" ")));

        Invocation invocation = SettingsReader.read(args, Map.of());

        assertThat(invocation instanceof Invocation.Run ? "starts" : "refuses")
                .as("%s", invocation)
                .isEqualTo(line.sluice());
    }

    @ParameterizedTest
    @MethodSource("fields")
    void aFieldIsTakenAsItWasByDaprd(Recorded line) throws IOException {
        Files.writeString(folder.resolve("component.yaml"), component(line.tried()));

        var result = ComponentLoader.load(new LoaderSettings(List.of(folder), "recorded", null, Map.of(), null));

        assertThat(result.problems().isEmpty() ? "loads" : "refuses")
                .as("%s", result.problems())
                .isEqualTo(line.sluice());
    }

    private static String component(String field) {
        var fields = new LinkedHashMap<String, String>(Map.of(
                "brokers", "localhost:9092", "authType", "none", "publishTopic", "orders", "direction", "output"));
        String[] nameAndValue = field.split(": ", 2);
        fields.put(nameAndValue[0], nameAndValue[1]);
        var yaml = new StringBuilder("""
            apiVersion: dapr.io/v1alpha1
            kind: Component
            metadata: {name: recorded}
            spec:
              type: bindings.kafka
              version: v1
              metadata:
            """);
        fields.forEach((name, value) -> yaml.append("    - name: " + name + "\n      value: " + value + "\n"));
        return yaml.toString();
    }
}
