package io.sluice.core.component.kafka;

import io.sluice.core.binding.KafkaBinding;
import io.sluice.core.component.field.FieldValue;
import io.sluice.core.component.field.Fields;
import io.sluice.core.component.field.Problems;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What becomes of the fields of one component named {@code orders} in {@code k.yaml}. */
record Reading(KafkaBinding binding, List<String> errors, List<String> warnings) {
    private static final Map<String, String> SMALLEST =
            Map.of("brokers", "localhost:9092", "authType", "none", "topics", "t");

    /** Reads names and values in turns, and nothing else. */
    static Reading onlyOf(String... namesAndValues) {
        var fields = new LinkedHashMap<String, String>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return of(fields);
    }

    /** Reads a correct component that says as little as possible, with these fields put in. */
    static Reading of(String... namesAndValues) {
        var fields = new LinkedHashMap<>(SMALLEST);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return of(fields);
    }

    static Reading of(Map<String, String> texts) {
        var values = new LinkedHashMap<String, FieldValue>();
        texts.forEach((name, text) -> values.put(name, FieldValue.plain(text)));
        var problems = new Problems();
        var header = new KafkaBindingReader.Header("orders", "v1", Duration.ofSeconds(5), false, "app1");
        var binding = KafkaBindingReader.read(header, new Fields("k.yaml: orders", values, problems));
        return new Reading(binding, problems.errors(), problems.warnings());
    }
}
