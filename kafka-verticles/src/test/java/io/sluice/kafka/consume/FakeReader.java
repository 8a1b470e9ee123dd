package io.sluice.kafka.consume;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** A consumer outside of any group that finds one record in a log of a hundred offsets. */
final class FakeReader extends MockConsumer<byte[], byte[]> {
    private static final long END = 100;

    private final ConsumerRecord<byte[], byte[]> record;

    private FakeReader(ConsumerRecord<byte[], byte[]> record) {
        super("none");
        this.record = record;
        var partition = new TopicPartition(record.topic(), record.partition());
        updatePartitions(
                record.topic(), List.of(new PartitionInfo(record.topic(), record.partition(), null, null, null)));
        updateBeginningOffsets(Map.of(partition, 0L));
        updateEndOffsets(Map.of(partition, END));
    }

    static Consumer<byte[], byte[]> with(TopicPartition partition, long offset, String value, String... headers) {
        var all = new RecordHeaders();
        for (int i = 0; i < headers.length; i += 2) {
            all.add(headers[i], headers[i + 1].getBytes(StandardCharsets.UTF_8));
        }
        return new FakeReader(new ConsumerRecord<>(
                partition.topic(),
                partition.partition(),
                offset,
                0,
                TimestampType.CREATE_TIME,
                0,
                value.length(),
                null,
                value.getBytes(StandardCharsets.UTF_8),
                all,
                Optional.empty()));
    }

    @Override
    public synchronized void assign(Collection<TopicPartition> partitions) {
        super.assign(partitions);
        addRecord(record);
    }

    @Override
    public List<PartitionInfo> partitionsFor(String topic, Duration timeout) {
        return partitionsFor(topic);
    }
}
