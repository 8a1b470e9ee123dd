package io.sluice.kafka.produce;

import io.sluice.core.binding.ConnectionSettings;
import io.sluice.core.binding.KafkaBinding;
import io.sluice.core.binding.ProducerSettings;
import io.sluice.core.binding.ProducerSettings.Idempotence;
import io.sluice.core.binding.ProducerSettings.RequiredAcks;
import io.sluice.core.budget.HeapBudget;
import io.sluice.kafka.partition.Fnv1aPartitioner;
import io.sluice.kafka.partition.Murmur2Partitioner;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.producer.Partitioner;
import org.apache.kafka.clients.producer.ProducerConfig;

/** The one place where a binding becomes properties of Kafka's producer; {@code docs/adr/0002} has the reasons. */
final class ProducerProperties {
    /** How long a record may take to be acknowledged; shorter than the API's deadline, so that callers hear why. */
    static final Duration DELIVERY_TIMEOUT = Duration.ofSeconds(20);

    /** A topic that is not there is to be told soon; the next attempt goes on with what the client has heard meanwhile. */
    private static final Duration TOPIC_KNOWN_WITHIN = Duration.ofSeconds(3);

    private static final Duration LONGEST_REQUEST = Duration.ofSeconds(10);
    private static final int BATCH_BYTES = 128 * 1024;
    private static final int SMALL_BATCH_BYTES = 16 * 1024;
    private static final int REQUEST_BYTES = 4 * 1024 * 1024;
    private static final long MOST_BUFFER_BYTES = 64L * 1024 * 1024;
    private static final long BUFFER_BYTES = HeapBudget.ofProcess().buffer();
    /** At least this many of the largest things that a buffer holds have room in it. */
    private static final long LARGEST_IN_BUFFER = 4;
    /** Longer than any process lives. Not Long.MAX_VALUE: the client adds it to the clock. */
    private static final Duration NEVER = Duration.ofDays(100 * 365);

    private ProducerProperties() {}

    /** Everything but the log-in. Bindings with equal properties and log-ins can share a producer. */
    static Map<String, Object> of(KafkaBinding binding) {
        var properties = new HashMap<String, Object>();
        connection(properties, binding.connection());
        producer(properties, binding.producer());
        timing(properties, binding);
        memory(properties, binding.producer());
        return Map.copyOf(properties);
    }

    /**
     * For records that were refused with the batch they were in: in smaller batches, and among their like, since all that
     * is known of them is that nothing is wrong with them.
     */
    static Map<String, Object> again(KafkaBinding binding) {
        var properties = new HashMap<>(of(binding));
        properties.merge(ProducerConfig.BATCH_SIZE_CONFIG, SMALL_BATCH_BYTES, ProducerProperties::smaller);
        return Map.copyOf(properties);
    }

    /** For records of the gateway's own: not lost when a broker is, and sent from a thread that may wait. */
    static Map<String, Object> assured(KafkaBinding binding) {
        var properties = new HashMap<>(of(binding));
        properties.put(ProducerConfig.ACKS_CONFIG, acks(RequiredAcks.ALL));
        properties.put(ProducerConfig.RETRIES_CONFIG, Integer.MAX_VALUE);
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, TOPIC_KNOWN_WITHIN.toMillis());
        // What a broker let in under a larger limit must find a way out.
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, largest(binding.producer()));
        properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, (long) largest(binding.producer()));
        return Map.copyOf(properties);
    }

    /** The largest record of the gateway's own, in bytes: what its buffer holds, which is seldom used. */
    static int largest(ProducerSettings producer) {
        return (int) Math.min(Integer.MAX_VALUE, Math.max(MOST_BUFFER_BYTES, bufferMemory(producer)));
    }

    /** Milliseconds after which a producer has reported a record at the latest. */
    static int deliveryMillis(Map<String, Object> properties) {
        return (int) Objects.requireNonNull(properties.get(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG));
    }

    private static void connection(Map<String, Object> properties, ConnectionSettings connection) {
        properties.put(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                connection.brokers().stream().distinct().toList());
        properties.put(ProducerConfig.CLIENT_ID_CONFIG, connection.clientId());
        properties.put(ProducerConfig.METADATA_MAX_AGE_CONFIG, millis(connection.metadataRefreshInterval()));
        properties.put(ProducerConfig.METADATA_MAX_IDLE_CONFIG, NEVER.toMillis());
        properties.put(
                ProducerConfig.CONNECTIONS_MAX_IDLE_MS_CONFIG,
                connection.keepAliveInterval().isZero()
                        ? -1L
                        : connection.keepAliveInterval().toMillis());
        properties.put(ProducerConfig.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG, millis(connection.dialTimeout()));
        properties.put(ProducerConfig.SOCKET_CONNECTION_SETUP_TIMEOUT_MAX_MS_CONFIG, millis(connection.dialTimeout()));
        // Micrometer tells what there is to tell; Kafka's own reporters cost memory, MBeans and requests.
        properties.put(ProducerConfig.METRIC_REPORTER_CLASSES_CONFIG, List.of());
        properties.put(ProducerConfig.ENABLE_METRICS_PUSH_CONFIG, false);
    }

    private static void producer(Map<String, Object> properties, ProducerSettings producer) {
        properties.put(ProducerConfig.ACKS_CONFIG, acks(producer.requiredAcks()));
        properties.put(ProducerConfig.RETRIES_CONFIG, producer.retryMax());
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, isIdempotent(producer));
        properties.put(
                ProducerConfig.COMPRESSION_TYPE_CONFIG,
                producer.compression().name().toLowerCase(Locale.ROOT));
        properties.put(ProducerConfig.PARTITIONER_CLASS_CONFIG, partitioner(producer.partitioner()));
    }

    private static void timing(Map<String, Object> properties, KafkaBinding binding) {
        Duration linger = binding.producer().linger() == null
                ? Duration.ZERO
                : binding.producer().linger();
        // Kafka's client bounds a request as a whole, from before it is written until it is answered.
        Duration network =
                min(binding.connection().readTimeout(), binding.connection().writeTimeout());
        Duration request = min(network, LONGEST_REQUEST);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, linger.toMillis());
        // Records gather while one request is out, so that nobody has to wait for company.
        properties.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        // send() runs on an event loop: what it cannot have at once it does without.
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 0L);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, millis(request));
        // Kafka demands room for linger and one request.
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int)
                Math.max(DELIVERY_TIMEOUT.toMillis(), linger.plus(request).toMillis()));
    }

    private static void memory(Map<String, Object> properties, ProducerSettings producer) {
        int batch = producer.batchSize() == null ? BATCH_BYTES : producer.batchSize();
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, batch);
        properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, bufferMemory(producer));
        // It limits a record, but also a whole request with the batches of many partitions.
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Math.max(REQUEST_BYTES, producer.maxMessageBytes()));
    }

    /** Bytes of records that may be on their way at once: fewer than the buffer holds, since batches have gaps. */
    static long budget(ProducerSettings producer) {
        return bufferMemory(producer) / 4 * 3;
    }

    private static long bufferMemory(ProducerSettings producer) {
        int batch = producer.batchSize() == null ? BATCH_BYTES : producer.batchSize();
        return Math.max(BUFFER_BYTES, LARGEST_IN_BUFFER * Math.max(batch, producer.maxMessageBytes()));
    }

    private static String acks(RequiredAcks acks) {
        return switch (acks) {
            case ALL -> "all";
            case LOCAL -> "1";
            case NONE -> "0";
        };
    }

    /** Kafka refuses an idempotent producer that cannot keep its promise. */
    private static boolean isIdempotent(ProducerSettings producer) {
        return producer.idempotence() != Idempotence.OFF
                && producer.requiredAcks() == RequiredAcks.ALL
                && producer.retryMax() > 0;
    }

    private static Class<? extends Partitioner> partitioner(ProducerSettings.Partitioner partitioner) {
        return switch (partitioner) {
            case FNV1A -> Fnv1aPartitioner.class;
            case MURMUR2 -> Murmur2Partitioner.class;
        };
    }

    /** For properties that are longs or ints of milliseconds: within an int, and not zero. */
    private static int millis(Duration duration) {
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, duration.toMillis()));
    }

    private static Object smaller(Object a, Object b) {
        return Math.min((int) a, (int) b);
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }
}
