package io.sluice.auth.kafka;

import java.util.Map;

/** Who we are to Kafka: a kind of login, with its credentials. Verticles pass the properties on and see no credential. */
public sealed interface KafkaSecurity permits NoSasl, PasswordLogin, SharedTls, TokenLogin {

    /**
     * The security properties of a client that logs in this way. Reads certificate files and may wait some seconds for a
     * token, so it blocks: not for an event loop.
     *
     * @throws IllegalArgumentException when certificates or a key cannot be used
     * @throws org.apache.kafka.common.KafkaException while there is no token; its innermost text says why
     */
    Map<String, Object> clientProperties();

    /**
     * Brokers have refused a client with this login. One by token gets another token soon: what was wrong with it may have
     * been put right where it comes from. Does not block.
     */
    default void refused() {}
}
