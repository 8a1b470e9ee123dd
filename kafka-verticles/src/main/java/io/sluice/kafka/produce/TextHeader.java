package io.sluice.kafka.produce;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;

/** A record header with a text for its value. */
final class TextHeader implements Header {
    private final String name;
    private final byte[] value;

    TextHeader(String name, String value) {
        this.name = name;
        this.value = value.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String key() {
        return name;
    }

    @Override
    public byte[] value() {
        return value;
    }
}
