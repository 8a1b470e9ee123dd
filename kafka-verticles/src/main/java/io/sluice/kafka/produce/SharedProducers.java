package io.sluice.kafka.produce;

import io.sluice.core.binding.AuthSettings;
import io.sluice.core.binding.KafkaBinding;
import io.sluice.kafka.client.KafkaClients;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.Map;

/** One pair of producers for all bindings that would configure it the same. Safe for use from any thread. */
final class SharedProducers {
    private final Vertx vertx;
    private final KafkaClients clients;
    private final Map<Key, Shared> producers = new HashMap<>();

    private record Key(AuthSettings auth, Map<String, Object> properties) {
        static Key of(KafkaBinding binding) {
            return new Key(binding.auth(), ProducerProperties.of(binding));
        }
    }

    private record Shared(ProducerPair pair, int users) {}

    SharedProducers(Vertx vertx, KafkaClients clients) {
        this.vertx = vertx;
        this.clients = clients;
    }

    /** The producers for {@code binding}, which counts as one of their users until {@link #release}. Opens nothing yet. */
    synchronized ProducerPair acquire(KafkaBinding binding) {
        Key key = Key.of(binding);
        Shared shared = producers.get(key);
        if (shared == null) {
            shared = new Shared(create(key, binding), 0);
        }
        producers.put(key, new Shared(shared.pair, shared.users + 1));
        return shared.pair;
    }

    private ProducerPair create(Key key, KafkaBinding binding) {
        var budget = new ByteBudget(ProducerProperties.budget(binding.producer()));
        Map<String, Object> again = ProducerProperties.again(binding);
        return new ProducerPair(
                new SharedProducer(vertx, () -> clients.producer(key.auth, key.properties), budget),
                new SharedProducer(vertx, () -> clients.producer(key.auth, again), budget));
    }

    /** Ends one use; the last one closes the producers, off the event loop. */
    synchronized Future<Void> release(KafkaBinding binding) {
        Key key = Key.of(binding);
        Shared shared = producers.get(key);
        if (shared == null) {
            return Future.succeededFuture();
        }
        if (shared.users > 1) {
            producers.put(key, new Shared(shared.pair, shared.users - 1));
            return Future.succeededFuture();
        }
        producers.remove(key);
        return shared.pair.close();
    }
}
