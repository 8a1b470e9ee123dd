package io.sluice.dev.kafka;

/**
 * A further door of an embedded broker, beside its plain one; what it needs (key stores, JAAS) goes into
 * {@link EmbeddedKafkaSettings#serverProperties()}, with Kafka's own names ({@code listener.name.NAME.…}).
 *
 * @param name unique within the broker, in capitals; not {@code PLAINTEXT} or {@code CONTROLLER}
 * @param securityProtocol {@code SSL}, {@code SASL_PLAINTEXT}, {@code SASL_SSL} or {@code PLAINTEXT}
 * @param port TCP port on 127.0.0.1
 */
public record Listener(String name, String securityProtocol, int port) {
    String address() {
        return name + "://" + BrokerNode.HOST + ":" + port;
    }

    String protocol() {
        return name + ":" + securityProtocol;
    }
}
