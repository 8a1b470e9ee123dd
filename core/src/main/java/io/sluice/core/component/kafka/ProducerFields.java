package io.sluice.core.component.kafka;

import static io.sluice.core.component.field.FieldTypes.bool;
import static io.sluice.core.component.field.FieldTypes.choice;
import static io.sluice.core.component.field.FieldTypes.duration;
import static io.sluice.core.component.field.FieldTypes.integer;
import static io.sluice.core.component.field.FieldTypes.regex;

import com.google.re2j.Pattern;
import io.sluice.core.binding.ProducerSettings;
import io.sluice.core.binding.ProducerSettings.Compression;
import io.sluice.core.binding.ProducerSettings.Idempotence;
import io.sluice.core.binding.ProducerSettings.Partitioner;
import io.sluice.core.binding.ProducerSettings.RequiredAcks;
import io.sluice.core.component.field.Field;
import io.sluice.core.component.field.Fields;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** How records are produced. */
final class ProducerFields {
    static final Field<Integer> MAX_MESSAGE_BYTES = Field.seed("maxMessageBytes", integer(Integer.MIN_VALUE))
            .defaultsTo("1024")
            .means("Largest record in bytes; a larger one is refused. Zero and less: the default.");

    static final Field<RequiredAcks> REQUIRED_ACKS = Field.dapr("producerRequiredAcks", choice(RequiredAcks.values()))
            .output()
            .defaultsTo("all")
            .wrong("kafka error: invalid value for 'producerRequiredAcks': \"%s\"")
            .means("Which replicas must have a record before it is acknowledged.");

    static final Field<Integer> RETRY_MAX = Field.dapr("producerRetryMax", integer(0))
            .output()
            .defaultsTo("5")
            .wrong("kafka error: invalid value for 'producerRetryMax': %s")
            .means("How often a failed send is tried again.");

    static final Field<Compression> COMPRESSION = Field.dapr("compression", choice(Compression.values()))
            .output()
            .defaultsTo("none")
            .wrong("kafka error: invalid compression: %s")
            .means("How batches of records are compressed.");

    static final Field<Partitioner> PARTITIONER = Field.sluice("partitioner", choice(Partitioner.values()))
            .output()
            .defaultsTo("fnv1a")
            .means("Where a record with a key goes: `fnv1a` as with Dapr, `murmur2` as with Kafka's Java clients.");

    static final Field<Duration> LINGER = Field.sluice("linger", duration(ChronoUnit.MILLIS, Duration.ZERO))
            .output()
            .defaultNote("the gateway's own")
            .means("How long a record waits for others that could share its batch.");

    static final Field<Integer> BATCH_SIZE = Field.sluice("batchSize", integer(0))
            .output()
            .defaultNote("the gateway's own")
            .means("Bytes of one batch of records per partition.");

    static final Field<Boolean> IDEMPOTENCE = Field.sluice("idempotence", bool())
            .output()
            .defaultNote("true; false if `producerRequiredAcks` is not `all` or `producerRetryMax` is 0")
            .means("Whether the broker removes the duplicates that retries make. Unless it is written, a login that"
                    + " may not (brokers before 2.8 ask for `IdempotentWrite` on the cluster) goes without.");

    static final Field<Pattern> EXCLUDE_HEADERS = Field.dapr("excludeHeaderMetaRegex", regex())
            .defaultNote("none")
            .means("Request metadata (and, on delivery, record headers) whose name it finds is left out.");

    static final List<Field<?>> ALL = List.of(
            MAX_MESSAGE_BYTES,
            REQUIRED_ACKS,
            RETRY_MAX,
            COMPRESSION,
            PARTITIONER,
            LINGER,
            BATCH_SIZE,
            IDEMPOTENCE,
            EXCLUDE_HEADERS);

    private ProducerFields() {}

    static ProducerSettings read(Fields fields) {
        RequiredAcks acks = fields.value(REQUIRED_ACKS);
        int retryMax = fields.value(RETRY_MAX);
        return new ProducerSettings(
                maxMessageBytes(fields),
                acks,
                retryMax,
                fields.value(COMPRESSION),
                fields.value(PARTITIONER),
                fields.optional(LINGER),
                fields.optional(BATCH_SIZE),
                idempotence(fields, acks == RequiredAcks.ALL && retryMax > 0),
                fields.optional(EXCLUDE_HEADERS));
    }

    private static int maxMessageBytes(Fields fields) {
        int given = fields.value(MAX_MESSAGE_BYTES);
        return given > 0 ? given : MAX_MESSAGE_BYTES.parsedDefault();
    }

    /** Told only of bindings that produce: there a record that Dapr would take may be refused. */
    static void warnOfDefaultSize(Fields fields) {
        if (!fields.has(MAX_MESSAGE_BYTES)) {
            fields.warn(
                    MAX_MESSAGE_BYTES,
                    "is not set: records larger than " + MAX_MESSAGE_BYTES.defaultText() + " bytes are refused");
        }
    }

    private static Idempotence idempotence(Fields fields, boolean possible) {
        boolean wanted = fields.valueOr(IDEMPOTENCE, possible);
        if (wanted && !possible) {
            fields.error(
                    IDEMPOTENCE,
                    "true contradicts the fields producerRequiredAcks and producerRetryMax"
                            + " (must be false unless these are \"all\" and 1 or more)");
        }
        if (!wanted) {
            return Idempotence.OFF;
        }
        return fields.has(IDEMPOTENCE) ? Idempotence.REQUIRED : Idempotence.IF_ALLOWED;
    }
}
