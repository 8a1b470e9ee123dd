package io.sluice.bench.floor;

import io.vertx.core.json.JsonObject;

/** What a request's data becomes in Kafka. */
interface ValueForm {
    /** The data, encoded again. */
    ValueForm JSON = data -> data.toBuffer().getBytes();

    byte[] bytes(JsonObject data);
}
