package io.sluice.kafka.produce;

import io.sluice.core.binding.KafkaBinding;
import io.sluice.core.binding.ProducerSettings.Idempotence;
import io.sluice.kafka.client.KafkaClients;
import io.sluice.kafka.client.KafkaFailures;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the producers of bindings that are alike: idempotent ones if the binding says so, until the brokers deny that to
 * the login. Those before 2.8 ask for a right on the whole cluster, which a login that writes to one topic often has not.
 *
 * <p>Safe for use from any thread.
 */
final class ProducerOpener {
    private static final Logger log = LoggerFactory.getLogger(ProducerOpener.class);

    private final KafkaClients clients;
    private final KafkaBinding binding;
    private volatile boolean withoutIdempotence;

    ProducerOpener(KafkaClients clients, KafkaBinding binding) {
        this.clients = clients;
        this.binding = binding;
    }

    /** Opens a producer with these properties; may block, and may fail for now. */
    Callable<Producer<byte[], byte[]>> of(Map<String, Object> properties) {
        return () -> clients.producer(binding.auth(), allowed(properties));
    }

    private Map<String, Object> allowed(Map<String, Object> properties) {
        if (!withoutIdempotence) {
            return properties;
        }
        var allowed = new HashMap<>(properties);
        allowed.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, false);
        return allowed;
    }

    /** Whether producers are opened without idempotence from now on, now that one has met {@code denial}. */
    synchronized boolean giveUpIdempotence(Throwable denial) {
        if (binding.producer().idempotence() == Idempotence.REQUIRED) {
            return false;
        }
        if (!withoutIdempotence) {
            withoutIdempotence = true;
            log.atWarn()
                    .addKeyValue("binding", binding.name())
                    .addKeyValue(
                            "brokers", String.join(",", binding.connection().brokers()))
                    .addKeyValue("reason", KafkaFailures.message(denial))
                    .log("this login may not write idempotently, so a retry can store a record twice;"
                            + " let it IdempotentWrite on the cluster, or write idempotence: false");
        }
        return true;
    }
}
