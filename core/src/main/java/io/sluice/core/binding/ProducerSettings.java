package io.sluice.core.binding;

import com.google.re2j.Pattern;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How records are produced.
 *
 * @param maxMessageBytes largest record in bytes, as Kafka counts it
 * @param retryMax how often a failed send is tried again by the Kafka client
 * @param linger how long a record waits for company, null for the gateway's default
 * @param batchSize bytes of one batch per partition, null for the gateway's default
 * @param excludeHeaders request metadata whose name this expression finds does not become a header; null for none.
 *     Also applied to record headers on delivery.
 */
public record ProducerSettings(
        int maxMessageBytes,
        RequiredAcks requiredAcks,
        int retryMax,
        Compression compression,
        Partitioner partitioner,
        @Nullable Duration linger,
        @Nullable Integer batchSize,
        Idempotence idempotence,
        @Nullable Pattern excludeHeaders) {

    /** The values of {@code producerRequiredAcks}. */
    public enum RequiredAcks {
        ALL,
        LOCAL,
        NONE
    }

    /** Whether the broker removes the duplicates that retries make. */
    public enum Idempotence {
        OFF,
        /** As long as the brokers let the login do so. */
        IF_ALLOWED,
        /** Asked for in so many words: nothing is sent without it. */
        REQUIRED
    }

    /** The values of {@code compression}. */
    public enum Compression {
        NONE,
        GZIP,
        SNAPPY,
        LZ4,
        ZSTD
    }

    /** The values of {@code partitioner}: where a keyed record goes. */
    public enum Partitioner {
        FNV1A,
        MURMUR2
    }
}
