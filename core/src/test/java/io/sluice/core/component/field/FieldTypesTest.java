package io.sluice.core.component.field;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldTypesTest {
    @ParameterizedTest
    @ValueSource(strings = {"y", "Yes", "TRUE", "t", "on", "1", " true "})
    void truthyTexts(String text) {
        assertThat(FieldTypes.bool().parse(text)).contains(true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"n", "No", "FALSE", "f", "off", "0"})
    void falsyTexts(String text) {
        assertThat(FieldTypes.bool().parse(text)).contains(false);
    }

    @ParameterizedTest
    @CsvSource({"1024, 1024", "0x400, 1024", "0X10, 16", "0b101, 5", "0o17, 15", "017, 15", "+7, 7", "-0x1, -1", "0, 0"
    })
    void integersOfAnyBase(String text, int expected) {
        assertThat(FieldTypes.integer(Integer.MIN_VALUE).parse(text)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2147483648", "99999999999999999999999", "1.0", "1e3", "0x", "08", "1 0", "#ff", "１"})
    void whatIsNoInteger(String text) {
        assertThat(FieldTypes.integer(Integer.MIN_VALUE).parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "Infinity", "-0.1", "1.1", "half"})
    void whatIsNoShare(String text) {
        assertThat(FieldTypes.decimal(0, 1).parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "ftp://h", "http://", "http://user:pass@h", "http://h/a b", "/path"})
    void whatIsNoUrl(String text) {
        assertThat(FieldTypes.url().parse(text)).isEmpty();
    }

    @Test
    void aListWithoutItemsIsWrong() {
        assertThat(FieldTypes.listOf("texts", FieldTypes.text()).parse(" , ,")).isEmpty();
        assertThat(FieldTypes.listOf("texts", FieldTypes.text()).parse(" a ,b")).contains(List.of("a", "b"));
    }

    @Test
    void allowedValuesAreListedInWords() {
        assertThat(FieldTypes.choice(Thread.State.NEW, Thread.State.BLOCKED).allowed())
                .isEqualTo("must be \"new\" or \"blocked\"");
    }

    @Test
    void aPasswordKeepsItsBlanks() {
        assertThat(FieldTypes.secret().parse(" p ").orElseThrow().reveal()).isEqualTo(" p ");
    }
}
