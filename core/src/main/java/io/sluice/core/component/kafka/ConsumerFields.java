package io.sluice.core.component.kafka;

import static io.sluice.core.component.field.FieldTypes.bool;
import static io.sluice.core.component.field.FieldTypes.choice;
import static io.sluice.core.component.field.FieldTypes.duration;
import static io.sluice.core.component.field.FieldTypes.integer;
import static io.sluice.core.component.field.FieldTypes.text;

import io.sluice.core.binding.ConsumerSettings;
import io.sluice.core.binding.ConsumerSettings.GroupProtocol;
import io.sluice.core.binding.ConsumerSettings.InitialOffset;
import io.sluice.core.binding.ConsumerSettings.IsolationLevel;
import io.sluice.core.binding.ConsumerSettings.RebalanceStrategy;
import io.sluice.core.component.field.Field;
import io.sluice.core.component.field.Fields;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** How records are consumed. */
final class ConsumerFields {

    static final Field<String> GROUP = Field.seed("consumerGroup", text())
            .alias("consumerID")
            .input()
            .defaultNote("the app id")
            .means("The consumer group: each record is delivered to one member of each group.");

    static final Field<InitialOffset> INITIAL_OFFSET = Field.seed("initialOffset", choice(InitialOffset.values()))
            .input()
            .defaultsTo("newest")
            .wrong("kafka error: invalid initialOffset: %s")
            .means("Where a group begins with a topic of which it has committed no offset. It decides once; what"
                    + " appears later begins at its start.");

    static final Field<Duration> HEARTBEAT = Field.seed(
                    "heartbeatInterval", duration(ChronoUnit.SECONDS, Duration.ofMillis(1)))
            .input()
            .defaultsTo("3s")
            .means("Time between heartbeats to the group's coordinator, at most a third of `sessionTimeout`.");

    static final Field<Duration> SESSION_TIMEOUT = Field.seed(
                    "sessionTimeout", duration(ChronoUnit.SECONDS, Duration.ofMillis(2)))
            .input()
            .defaultsTo("10s")
            .means("Time without a heartbeat after which a consumer loses its partitions.");

    static final Field<Integer> FETCH_DEFAULT = Field.seed("consumerFetchDefault", integer(1))
            .defaultsTo("1048576")
            .means("Bytes asked for per partition and fetch.");

    static final Field<Integer> FETCH_MIN = Field.dapr("consumerFetchMin", integer(1))
            .input()
            .defaultsTo("1")
            .means("Bytes a broker waits for before it answers a fetch.");

    static final Field<Integer> CHANNEL_BUFFER = Field.dapr("channelBufferSize", integer(0))
            .input()
            .defaultsTo("256")
            .means("Records fetched ahead per partition.");

    static final Field<RebalanceStrategy> REBALANCE = Field.dapr(
                    "consumerGroupRebalanceStrategy", choice(RebalanceStrategy.values()))
            .input()
            .defaultsTo("range")
            .means("How partitions are shared out in a group.");

    static final Field<IsolationLevel> ISOLATION = Field.sluice("isolationLevel", choice(IsolationLevel.values()))
            .input()
            .defaultsTo("read_uncommitted")
            .means("Whether records of transactions that are not committed are read.");

    static final Field<String> GROUP_INSTANCE = Field.sluice("groupInstanceId", text())
            .input()
            .defaultNote("none: a dynamic member")
            .means("Static membership: a member that comes back with the same id gets its partitions back.");

    static final Field<GroupProtocol> GROUP_PROTOCOL = Field.sluice("groupProtocol", choice(GroupProtocol.values()))
            .input()
            .defaultsTo("classic")
            .means("Kafka's group protocol; with `consumer` the brokers decide on heartbeats, sessions and strategy.");

    static final Field<Boolean> RETRY = Field.seed("consumeRetryEnabled", bool())
            .defaultsTo("false")
            .means("Whether a refused record is tried again, as the `backOff…` fields say.");

    static final Field<Duration> RETRY_INTERVAL = Field.dapr(
                    "consumeRetryInterval", duration(ChronoUnit.MILLIS, Duration.ZERO))
            .input()
            .defaultsTo("100ms")
            .wrong("kafka error: invalid value for 'consumeRetryInterval' attribute: %s")
            .means("Pause before a consumer whose session failed joins its group again.");

    static final List<Field<?>> ALL = List.of(
            GROUP,
            INITIAL_OFFSET,
            HEARTBEAT,
            SESSION_TIMEOUT,
            FETCH_DEFAULT,
            FETCH_MIN,
            CHANNEL_BUFFER,
            REBALANCE,
            ISOLATION,
            GROUP_INSTANCE,
            GROUP_PROTOCOL,
            RETRY,
            RETRY_INTERVAL);

    private ConsumerFields() {}

    static ConsumerSettings read(Fields fields, String appId) {
        checkHeartbeat(fields);
        GroupProtocol protocol = fields.value(GROUP_PROTOCOL);
        if (protocol == GroupProtocol.CONSUMER) {
            warnOfBrokerSide(fields);
        }
        boolean retry = fields.value(RETRY);
        return new ConsumerSettings(
                fields.valueOr(GROUP, appId),
                fields.value(INITIAL_OFFSET),
                fields.value(HEARTBEAT),
                fields.value(SESSION_TIMEOUT),
                fields.value(FETCH_DEFAULT),
                fields.value(FETCH_MIN),
                fields.value(CHANNEL_BUFFER),
                rebalance(fields),
                fields.value(ISOLATION),
                fields.optional(GROUP_INSTANCE),
                protocol,
                retry,
                fields.value(RETRY_INTERVAL),
                BackOffFields.read(fields, retry));
    }

    /** As Dapr, which knows other strategies than Kafka's clients do. */
    private static RebalanceStrategy rebalance(Fields fields) {
        RebalanceStrategy given = fields.orWarn(REBALANCE, "range counts");
        return given == null ? REBALANCE.parsedDefault() : given;
    }

    private static void checkHeartbeat(Fields fields) {
        Duration heartbeat = fields.value(HEARTBEAT);
        Duration session = fields.value(SESSION_TIMEOUT);
        String sizes = heartbeat.toMillis() + "ms with a sessionTimeout of " + session.toMillis() + "ms";
        if (heartbeat.compareTo(session) >= 0) {
            fields.error(HEARTBEAT, sizes + " never keeps a session (must be at most a third of sessionTimeout)");
        } else if (heartbeat.multipliedBy(3).compareTo(session) > 0) {
            fields.warn(HEARTBEAT, sizes + " loses sessions early (should be at most a third of sessionTimeout)");
        }
    }

    private static void warnOfBrokerSide(Fields fields) {
        for (Field<?> field : List.of(HEARTBEAT, SESSION_TIMEOUT, REBALANCE)) {
            if (fields.has(field)) {
                fields.warn(field, "is not used: with groupProtocol consumer the brokers decide");
            }
        }
    }
}
