package io.sluice.kafka.client;

import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.ClusterResource;
import org.apache.kafka.common.ClusterResourceListener;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Kafka's producer, which tells when its network thread has ended. */
final class RealProducer extends KafkaProducer<byte[], byte[]> implements NetworkThread {
    private final MetadataListener listener;

    RealProducer(Map<String, Object> properties) {
        this(properties, new MetadataListener());
    }

    private RealProducer(Map<String, Object> properties, MetadataListener listener) {
        super(properties, listener, new ByteArraySerializer());
        this.listener = listener;
    }

    @Override
    public boolean hasEnded() {
        Thread thread = listener.thread;
        return thread != null && !thread.isAlive();
    }

    /** Learns the thread from the first metadata; without metadata a producer takes no records. */
    private static final class MetadataListener extends ByteArraySerializer implements ClusterResourceListener {
        private volatile @Nullable Thread thread;

        @Override
        public void onUpdate(ClusterResource cluster) {
            thread = Thread.currentThread();
        }
    }
}
