package io.sluice.core.binding;

import java.time.Duration;
import java.util.List;

/**
 * How to reach the brokers.
 *
 * @param brokers {@code host:port} each, at least one
 * @param clientId sent with every request to the brokers
 * @param version the cluster's version as the file says; below 0.11 record headers are not sent
 * @param metadataRefreshInterval longest age of topic metadata
 * @param keepAliveInterval longest time an idle connection is kept, zero for indefinitely
 * @param dialTimeout longest time for a connection to be set up
 * @param readTimeout longest wait for a broker's answer
 * @param writeTimeout longest time for a request to be sent
 * @param metadataTimeout longest wait for topic metadata, zero for the gateway's own limit
 */
public record ConnectionSettings(
        List<String> brokers,
        String clientId,
        KafkaVersion version,
        Duration metadataRefreshInterval,
        Duration keepAliveInterval,
        Duration dialTimeout,
        Duration readTimeout,
        Duration writeTimeout,
        Duration metadataTimeout) {

    public ConnectionSettings {
        brokers = List.copyOf(brokers);
    }
}
