package io.sluice.kafka.produce;

import io.sluice.core.binding.AuthSettings;
import io.sluice.core.binding.KafkaBinding;
import io.sluice.kafka.client.KafkaClients;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.Map;

/** One producer for all bindings that would configure it the same. Safe for use from any thread. */
final class SharedProducers {
    private final Vertx vertx;
    private final KafkaClients clients;
    private final Map<Key, Shared> producers = new HashMap<>();

    private record Key(AuthSettings auth, Map<String, Object> properties) {
        static Key of(KafkaBinding binding) {
            return new Key(binding.auth(), ProducerProperties.of(binding));
        }
    }

    private record Shared(SharedProducer producer, int users) {}

    SharedProducers(Vertx vertx, KafkaClients clients) {
        this.vertx = vertx;
        this.clients = clients;
    }

    /** The producer for {@code binding}, which counts as one of its users until {@link #release}. Opens nothing yet. */
    synchronized SharedProducer acquire(KafkaBinding binding) {
        Key key = Key.of(binding);
        Shared shared = producers.get(key);
        if (shared == null) {
            shared = new Shared(create(key, binding), 0);
        }
        producers.put(key, new Shared(shared.producer, shared.users + 1));
        return shared.producer;
    }

    private SharedProducer create(Key key, KafkaBinding binding) {
        var budget = new ByteBudget(ProducerProperties.budget(binding.producer()));
        return new SharedProducer(vertx, () -> clients.producer(key.auth, key.properties), budget);
    }

    /** Ends one use; the last one closes the producer, off the event loop. */
    synchronized Future<Void> release(KafkaBinding binding) {
        Key key = Key.of(binding);
        Shared shared = producers.get(key);
        if (shared == null) {
            return Future.succeededFuture();
        }
        if (shared.users > 1) {
            producers.put(key, new Shared(shared.producer, shared.users - 1));
            return Future.succeededFuture();
        }
        producers.remove(key);
        return shared.producer.close();
    }
}
