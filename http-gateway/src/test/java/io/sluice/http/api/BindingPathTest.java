package io.sluice.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BindingPathTest {

    @ParameterizedTest
    @CsvSource({
        "/v1.0/bindings/orders, orders",
        "/v1.0/bindings/orders/, orders",
        "//v1.0///bindings//orders//, orders",
        "/v1.0/bindings/my%20orders, my orders",
        "/v1.0/bindings/my+orders, my orders",
        "/v1.0/bindings/a%2Fb, a/b",
        "/v1.0/bindings/%C3%BC, ü",
        "/v1.0/bindings/100%, 100%",
        "/v1.0/bindings/%zz, %zz",
        "/v1.0/bindings/..., ..."
    })
    void theNameIsTheLastSegment(String path, String name) {
        assertThat(BindingPath.parse(path)).isEqualTo(new BindingPath(name, false));
    }

    @ParameterizedTest
    @CsvSource({
        "/v1.0-sluice/bindings/orders/raw, orders",
        "/v1.0-sluice//bindings/orders/raw/, orders",
        "/v1.0-sluice/bindings/raw/raw, raw"
    })
    void theRawPathIsRecognised(String path, String name) {
        assertThat(BindingPath.parse(path)).isEqualTo(new BindingPath(name, true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "*",
                "/v1.0/bindings",
                "/v1.0/bindings/",
                "/v1.0/bindings/a/b",
                "/v1.0/bindingsorders",
                "/V1.0/bindings/orders",
                "/v1.0-sluice/bindings/orders",
                "/v1.0-sluice/bindings/raw",
                "/v1.0-sluice/bindings//raw",
                "/v1.0-sluice/bindings/a/b/raw",
                "/v1.0/healthz"
            })
    void otherPathsAreNot(String path) {
        assertThat(BindingPath.parse(path)).isNull();
    }
}
