package io.sluice.kafka.consume.poll;

import io.sluice.core.binding.KafkaBinding;
import io.sluice.kafka.client.KafkaClients;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens a member of a group, with fetches that the heap can bear however many partitions its topic has. */
public final class MemberOpener {
    private static final Logger log = LoggerFactory.getLogger(MemberOpener.class);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(1);

    private final KafkaClients clients;
    private final KafkaBinding binding;
    private final String topic;
    private final InputMemory memory;

    public MemberOpener(KafkaClients clients, KafkaBinding binding, String topic, InputMemory memory) {
        this.clients = clients;
        this.binding = binding;
        this.topic = topic;
        this.memory = memory;
    }

    InputMemory memory() {
        return memory;
    }

    /**
     * May block, and may fail.
     *
     * @param oneByOne whether a poll is to bring one record at most
     */
    Consumer<byte[], byte[]> open(PollMemory polled, boolean oneByOne) {
        var properties = new HashMap<>(ConsumerProperties.member(binding, topic));
        if (oneByOne) {
            properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
        }
        FetchSizes usual = memory.fetchSizes(binding.consumer());
        Consumer<byte[], byte[]> consumer = open(usual.in(properties), polled);
        int partitions = partitions(consumer);
        FetchSizes fitting =
                memory.fetchSizes(binding.consumer(), ConsumerProperties.consumerName(binding, topic), partitions);
        warnOfLarge(fitting, partitions);
        if (!fitting.isSmallerThan(usual)) {
            return consumer;
        }
        consumer.close(CloseOptions.timeout(ANSWER_WITHIN));
        return open(fitting.in(properties), polled);
    }

    private Consumer<byte[], byte[]> open(Map<String, Object> properties, PollMemory polled) {
        return clients.consumer(binding.auth(), properties, polled.keys(), polled.values());
    }

    /** None when that is not known: what is the matter with the cluster or the topic is told by whoever needs them. */
    private int partitions(Consumer<?, ?> consumer) {
        try {
            List<PartitionInfo> partitions = consumer.partitionsFor(topic, ANSWER_WITHIN);
            return partitions == null ? 0 : partitions.size();
        } catch (KafkaException e) {
            log.atDebug().addKeyValue("topic", topic).setCause(e).log("it is not known how many partitions there are");
            return 0;
        }
    }

    private void warnOfLarge(FetchSizes sizes, int partitions) {
        if (FetchSizes.isChosen(binding.consumer())
                && (long) sizes.perPartition() * Math.max(1, partitions) > memory.fetches()) {
            log.atWarn()
                    .addKeyValue("binding", binding.name())
                    .addKeyValue("topic", topic)
                    .addKeyValue("partitions", partitions)
                    .addKeyValue("consumerFetchDefault", sizes.perPartition())
                    .addKeyValue("heapForFetches", memory.fetches())
                    .log("consumerFetchDefault asks for more than the heap bears when there is a backlog in all"
                            + " partitions; set it lower, or give the gateway more heap (-Xmx)");
        }
    }
}
