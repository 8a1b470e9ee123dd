package io.sluice.kafka.produce;

import io.vertx.core.Future;

/**
 * What a binding produces with. A batch holds records of many callers, and a broker that does not take one of them takes
 * none; the others go {@code again} through a producer where they meet no such record.
 *
 * @param again opens nothing before it is needed
 * @param room for the calls of both
 */
record ProducerPair(SharedProducer first, SharedProducer again, CallRoom room) {

    Future<Void> close() {
        return Future.join(first.close(), again.close()).mapEmpty();
    }
}
