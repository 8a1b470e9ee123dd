package io.sluice.core.component.kafka;

import static io.sluice.core.component.field.FieldTypes.duration;
import static io.sluice.core.component.field.FieldTypes.kafkaVersion;
import static io.sluice.core.component.field.FieldTypes.listOf;
import static io.sluice.core.component.field.FieldTypes.matching;
import static io.sluice.core.component.field.FieldTypes.text;

import io.sluice.core.binding.ConnectionSettings;
import io.sluice.core.binding.KafkaVersion;
import io.sluice.core.component.field.Field;
import io.sluice.core.component.field.Fields;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Pattern;

/** How to reach the brokers. */
final class ConnectionFields {
    private static final Pattern HOST_AND_PORT = Pattern.compile("(?:[^\\s:/@\\[\\]]+|\\[[0-9a-fA-F:.%]+])"
            + ":(?:[1-9]\\d{0,3}|[1-5]\\d{4}|6[0-4]\\d{3}|65[0-4]\\d{2}|655[0-2]\\d|6553[0-5])");

    static final Field<List<String>> BROKERS = Field.seed(
                    "brokers", listOf("host:port", matching("host:port", "must be host:port", HOST_AND_PORT)))
            .defaultNote("required")
            .means("The Kafka brokers to begin with.");

    static final Field<String> CLIENT_ID = Field.seed("clientID", text())
            .defaultsTo("sarama")
            .means("Sent with every request to the brokers, for their logs, quotas and audits. The default is Dapr's.");

    static final Field<KafkaVersion> VERSION = Field.seed("version", kafkaVersion())
            .defaultsTo("2.0.0")
            .wrong("kafka error: invalid kafka version \"%s\"")
            .means("Version of the cluster. The protocol is negotiated whatever it says; below 0.11 record headers are"
                    + " not sent.");

    static final Field<Duration> METADATA_REFRESH = Field.seed(
                    "clientConnectionTopicMetadataRefreshInterval", duration(ChronoUnit.SECONDS))
            .defaultsTo("9m")
            .means("Longest age of topic metadata; a consumer looks at its topic every 5 s in any case. Zero and"
                    + " less: the default.");

    static final Field<Duration> KEEP_ALIVE = Field.seed(
                    "clientConnectionKeepAliveInterval", duration(ChronoUnit.SECONDS))
            .defaultsTo("0")
            .means("Longest time an idle connection is kept. Zero and less: for ever.");

    static final Field<Duration> DIAL_TIMEOUT = Field.dapr("dialTimeout", duration(ChronoUnit.SECONDS))
            .defaultsTo("30s")
            .means("Longest time for a connection to be set up. Zero and less: the default.");

    static final Field<Duration> READ_TIMEOUT = Field.dapr("readTimeout", duration(ChronoUnit.SECONDS))
            .defaultsTo("30s")
            .means("Longest wait for a broker's answer. Zero and less: the default.");

    static final Field<Duration> WRITE_TIMEOUT = Field.dapr("writeTimeout", duration(ChronoUnit.SECONDS))
            .defaultsTo("30s")
            .means("Longest time for a request to be sent; the shorter of this and readTimeout bounds a request as a"
                    + " whole. Zero and less: the default.");

    static final Field<Duration> METADATA_TIMEOUT = Field.dapr("metadataTimeout", duration(ChronoUnit.SECONDS))
            .defaultsTo("0")
            .means("Longest wait for topic metadata. Zero and less: the gateway's own limit.");

    static final List<Field<?>> ALL = List.of(
            BROKERS,
            CLIENT_ID,
            VERSION,
            METADATA_REFRESH,
            KEEP_ALIVE,
            DIAL_TIMEOUT,
            READ_TIMEOUT,
            WRITE_TIMEOUT,
            METADATA_TIMEOUT);

    private ConnectionFields() {}

    static ConnectionSettings read(Fields fields) {
        KafkaVersion version = fields.value(VERSION);
        if (!version.hasRecordHeaders()) {
            fields.warn(VERSION, version + " has no record headers: none are sent (they came with 0.11.0.0)");
        }
        return new ConnectionSettings(
                fields.require(BROKERS, "kafka error: missing 'brokers' attribute", List.of()),
                fields.value(CLIENT_ID),
                version,
                fields.positive(METADATA_REFRESH),
                notNegative(fields.value(KEEP_ALIVE)),
                fields.positive(DIAL_TIMEOUT),
                fields.positive(READ_TIMEOUT),
                fields.positive(WRITE_TIMEOUT),
                notNegative(fields.value(METADATA_TIMEOUT)));
    }

    private static Duration notNegative(Duration duration) {
        return duration.isNegative() ? Duration.ZERO : duration;
    }
}
