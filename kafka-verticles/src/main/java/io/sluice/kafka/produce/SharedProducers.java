package io.sluice.kafka.produce;

import io.sluice.core.binding.AuthSettings;
import io.sluice.core.binding.KafkaBinding;
import io.sluice.core.binding.ProducerSettings.Idempotence;
import io.sluice.core.budget.ByteBudget;
import io.sluice.kafka.client.KafkaClients;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.Map;

/** One pair of producers for all bindings that would configure it the same. Safe for use from any thread. */
final class SharedProducers {
    private final Vertx vertx;
    private final KafkaClients clients;
    private final ByteBudget calls;
    private final Map<Key, Shared> producers = new HashMap<>();

    private record Key(AuthSettings auth, Map<String, Object> properties, Idempotence idempotence) {
        static Key of(KafkaBinding binding) {
            return new Key(
                    binding.auth(),
                    ProducerProperties.of(binding),
                    binding.producer().idempotence());
        }
    }

    private record Shared(ProducerPair pair, int users) {}

    /** @param calls the memory for the calls of all producers */
    SharedProducers(Vertx vertx, KafkaClients clients, ByteBudget calls) {
        this.vertx = vertx;
        this.clients = clients;
        this.calls = calls;
    }

    /** The producers for {@code binding}, which counts as one of their users until {@link #release}. Opens nothing yet. */
    synchronized ProducerPair acquire(KafkaBinding binding) {
        Key key = Key.of(binding);
        Shared shared = producers.get(key);
        if (shared == null) {
            shared = new Shared(create(binding), 0);
        }
        producers.put(key, new Shared(shared.pair, shared.users + 1));
        return shared.pair;
    }

    private ProducerPair create(KafkaBinding binding) {
        var opener = new ProducerOpener(clients, binding);
        return new ProducerPair(
                SharedProducer.of(vertx, opener, ProducerProperties.of(binding)),
                SharedProducer.of(vertx, opener, ProducerProperties.again(binding)),
                new CallRoom(ProducerProperties.budget(binding.producer()), calls));
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
