package io.sluice.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class OpenApiTest {
    private static final Set<String> METHODS =
            Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");

    @Test
    void theDocumentDescribesTheRoutesThatAreServedAndNoOthers() {
        var documented = new ArrayList<String>();
        paths(served()).forEach((path, item) -> map(item).keySet().stream()
                .filter(METHODS::contains)
                .forEach(method -> documented.add(method.toUpperCase(Locale.ROOT) + " " + path)));

        assertThat(documented)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Route.values())
                        .map(route -> route.method() + " " + route.template())
                        .toList());
    }

    @Test
    void everyReferenceHasATarget() {
        var document = served();

        assertThat(references(document)).isNotEmpty().allSatisfy(reference -> {
            Object target = document;
            for (var step : reference.substring("#/".length()).split("/")) {
                target = map(target).get(step);
                assertThat(target).as(reference).isNotNull();
            }
        });
    }

    private static Map<String, Object> served() {
        try (var gateway = new TestGateway()) {
            var response = gateway.get("/openapi.yaml");
            assertThat(response.headers().firstValue("content-type")).hasValue("application/yaml");
            return map(new Load(LoadSettings.builder().build()).loadFromString(response.body()));
        }
    }

    private static Map<String, Object> paths(Map<String, Object> document) {
        return map(document.get("paths"));
    }

    private static List<String> references(Object node) {
        var found = new ArrayList<String>();
        if (node instanceof Map<?, ?> map) {
            map.forEach((name, value) -> {
                if (name.equals("$ref")) {
                    found.add((String) value);
                }
                found.addAll(references(value));
            });
        } else if (node instanceof List<?> list) {
            list.forEach(item -> found.addAll(references(item)));
        }
        return found;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object node) {
        return (Map<String, Object>) node;
    }
}
