package io.sluice.auth.access;

import java.util.stream.Stream;

/** What a caller may be allowed to do. */
public enum Right {
    /** To write records: over HTTP, its raw path and gRPC. */
    INVOKE("invoke", true),
    /** To see a binding's partitions and the records that the app refused. */
    INSPECT("inspect", true),
    /** To have one of those delivered again. */
    REDELIVER("redeliver", true),
    /** To read what the gateway is made of. */
    METADATA("metadata", false),
    /** To note something there. */
    SET_METADATA("set-metadata", false),
    /** To read the state of each part. */
    HEALTH("health", false),
    /** To end the gateway. */
    SHUTDOWN("shutdown", false);

    private final String key;
    private final boolean ofBinding;

    Right(String key, boolean ofBinding) {
        this.key = key;
        this.ofBinding = ofBinding;
    }

    /** As the configuration file spells it. */
    String key() {
        return key;
    }

    /** Whether it is given for one binding and not for another. */
    boolean isOfBinding() {
        return ofBinding;
    }

    static Stream<Right> ofBindings() {
        return Stream.of(values()).filter(Right::isOfBinding);
    }

    static Stream<Right> ofGateway() {
        return Stream.of(values()).filter(right -> !right.isOfBinding());
    }
}
