package io.sluice.kafka.consume.poll;

import io.sluice.core.binding.ConnectionSettings;
import io.sluice.core.binding.ConsumerSettings;
import io.sluice.core.binding.ConsumerSettings.GroupProtocol;
import io.sluice.core.binding.ConsumerSettings.RebalanceStrategy;
import io.sluice.core.binding.KafkaBinding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor;
import org.apache.kafka.clients.consumer.RangeAssignor;
import org.apache.kafka.clients.consumer.RoundRobinAssignor;
import org.apache.kafka.clients.consumer.StickyAssignor;

/** The one place where a binding becomes properties of Kafka's consumer; {@code docs/adr/0006} has the reasons. */
public final class ConsumerProperties {
    /** Longer than any hand-over takes; the thread polls every second otherwise. Also the group's rebalance time-out. */
    private static final Duration BETWEEN_POLLS = Duration.ofMinutes(5);

    /** One small request of a topic, beside ten empty fetches in that time. */
    private static final Duration NEW_PARTITIONS_WITHIN = Duration.ofSeconds(5);

    private static final int MOST_RECORDS_OF_A_POLL = 500;
    private static final long FEW_BYTES = 4L * 1024 * 1024;
    private static final Duration FETCH_WAIT = Duration.ofMillis(500);

    /** Milliseconds; Kafka's default. */
    private static final long SHORTEST_BACK_OFF = 100;
    /** Milliseconds; what a member that waits is woken by, so as long as failover allows. */
    private static final long LONGEST_BACK_OFF = 500;

    private ConsumerProperties() {}

    /** Of a member of the binding's group that consumes {@code topic}; everything but the log-in. */
    public static Map<String, Object> member(KafkaBinding binding, String topic) {
        ConsumerSettings consumer = binding.consumer();
        var properties = new HashMap<String, Object>();
        connection(properties, binding.connection());
        fetching(properties, consumer);
        properties.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, topicAge(binding.connection()));
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, consumer.group());
        // Where partitions begin is decided by StartPositions and LogEnds.
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        properties.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, millis(BETWEEN_POLLS));
        properties.put(ConsumerConfig.RETRY_BACKOFF_MS_CONFIG, backOff(consumer));
        properties.put(
                ConsumerConfig.GROUP_PROTOCOL_CONFIG,
                consumer.groupProtocol().name().toLowerCase(Locale.ROOT));
        if (consumer.groupProtocol() == GroupProtocol.CLASSIC) {
            classic(properties, consumer);
        } else {
            // The brokers' own settings hold for heartbeats and sessions; the client refuses any here.
            properties.put(ConsumerConfig.GROUP_REMOTE_ASSIGNOR_CONFIG, remoteAssignor(consumer.rebalanceStrategy()));
        }
        if (consumer.groupInstanceId() != null) {
            properties.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, instanceId(binding, topic));
        }
        return Map.copyOf(properties);
    }

    /** That a member brings with one poll. */
    public static int mostRecords(ConsumerSettings consumer) {
        return Math.max(1, Math.min(MOST_RECORDS_OF_A_POLL, consumer.channelBufferSize()));
    }

    /** Bytes of records that are held of one partition at a time, and that a member brings with one poll. */
    public static long mostBytes(ConsumerSettings consumer) {
        return Math.max(FEW_BYTES, 2L * consumer.fetchDefault());
    }

    /** What a binding's member that consumes {@code topic} is called here. */
    public static String consumerName(KafkaBinding binding, String topic) {
        return binding.name() + "/" + topic;
    }

    /** Of a consumer that reads single records, outside of any group. */
    public static Map<String, Object> reader(KafkaBinding binding) {
        var properties = new HashMap<String, Object>();
        connection(properties, binding.connection());
        fetching(properties, binding.consumer());
        // The first batch comes whole, and there may be many readers.
        properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 1);
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return Map.copyOf(properties);
    }

    private static void connection(Map<String, Object> properties, ConnectionSettings connection) {
        properties.put(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                connection.brokers().stream().distinct().toList());
        properties.put(ConsumerConfig.CLIENT_ID_CONFIG, connection.clientId());
        properties.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, millis(connection.metadataRefreshInterval()));
        properties.put(
                ConsumerConfig.CONNECTIONS_MAX_IDLE_MS_CONFIG,
                connection.keepAliveInterval().isZero()
                        ? -1L
                        : connection.keepAliveInterval().toMillis());
        properties.put(ConsumerConfig.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG, millis(connection.dialTimeout()));
        properties.put(ConsumerConfig.SOCKET_CONNECTION_SETUP_TIMEOUT_MAX_MS_CONFIG, millis(connection.dialTimeout()));
        properties.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, millis(connection.readTimeout()));
        // Micrometer tells what there is to tell; Kafka's own reporters cost memory, MBeans and requests.
        properties.put(ConsumerConfig.METRIC_REPORTER_CLASSES_CONFIG, List.of());
        properties.put(ConsumerConfig.ENABLE_METRICS_PUSH_CONFIG, false);
    }

    private static void fetching(Map<String, Object> properties, ConsumerSettings consumer) {
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, consumer.fetchMin());
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, millis(FETCH_WAIT));
        properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, consumer.fetchDefault());
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, mostRecords(consumer));
        properties.put(
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                consumer.isolationLevel().name().toLowerCase(Locale.ROOT));
    }

    private static void classic(Map<String, Object> properties, ConsumerSettings consumer) {
        properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, millis(consumer.sessionTimeout()));
        properties.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, millis(consumer.heartbeatInterval()));
        properties.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, assignors(consumer.rebalanceStrategy()));
    }

    /** Milliseconds after which the partitions of the topic are looked at again; others cannot deliver new ones before. */
    private static int topicAge(ConnectionSettings connection) {
        return Math.min(millis(NEW_PARTITIONS_WITHIN), millis(connection.metadataRefreshInterval()));
    }

    /** Between two attempts to reach brokers; a thread that only waits looks as often whether a heartbeat is due. */
    private static long backOff(ConsumerSettings consumer) {
        return Math.max(SHORTEST_BACK_OFF, Math.min(LONGEST_BACK_OFF, millis(consumer.heartbeatInterval())));
    }

    /** Each topic has a consumer of its own, and two members of one instance id would fence each other for ever. */
    public static String instanceId(KafkaBinding binding, String topic) {
        String id = String.valueOf(binding.consumer().groupInstanceId());
        return binding.topics().size() > 1 ? id + "-" + topic : id;
    }

    /** The chosen one first, and the others, which a group can agree on while its members are changed to another choice. */
    private static List<Class<? extends ConsumerPartitionAssignor>> assignors(RebalanceStrategy chosen) {
        var assignors = new ArrayList<Class<? extends ConsumerPartitionAssignor>>();
        assignors.add(assignor(chosen));
        Stream.of(RebalanceStrategy.values())
                .filter(strategy -> strategy != chosen)
                .map(ConsumerProperties::assignor)
                .forEach(assignors::add);
        return assignors;
    }

    private static Class<? extends ConsumerPartitionAssignor> assignor(RebalanceStrategy strategy) {
        return switch (strategy) {
            case RANGE -> RangeAssignor.class;
            case STICKY -> StickyAssignor.class;
            case ROUNDROBIN -> RoundRobinAssignor.class;
        };
    }

    /** What brokers offer: the uniform assignor is sticky, and the nearest to taking turns. */
    private static String remoteAssignor(RebalanceStrategy strategy) {
        return switch (strategy) {
            case RANGE -> "range";
            case STICKY, ROUNDROBIN -> "uniform";
        };
    }

    /** For properties that are longs or ints of milliseconds: within an int, and not zero. */
    private static int millis(Duration duration) {
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, duration.toMillis()));
    }
}
