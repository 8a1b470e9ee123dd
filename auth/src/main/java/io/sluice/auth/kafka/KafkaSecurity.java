package io.sluice.auth.kafka;

import java.util.Map;

/** Who we are to Kafka: a kind of login, with its credentials. Verticles pass the properties on and see no credential. */
public sealed interface KafkaSecurity permits NoSasl, PasswordLogin {

    /**
     * The security properties of a client that logs in this way. Reads certificate files, so it may block: not for an event
     * loop.
     *
     * @throws IllegalArgumentException when a certificate file cannot be read
     */
    Map<String, Object> clientProperties();
}
