package io.sluice.app;

import io.vertx.core.json.jackson.JacksonCodec;
import io.vertx.core.spi.JsonFactory;
import io.vertx.core.spi.json.JsonCodec;

/**
 * Vert.x's JSON by Jackson's parser alone. Its default is Jackson's databind as soon as that is there, for objects that nobody
 * here maps: four hundred classes of every start.
 */
public final class JsonWithoutDatabind implements JsonFactory {
    /** Called by Vert.x through {@link java.util.ServiceLoader}. */
    public JsonWithoutDatabind() {}

    /** Before all others. */
    @Override
    public int order() {
        return 0;
    }

    @Override
    public JsonCodec codec() {
        return new JacksonCodec();
    }
}
