package io.sluice.http.deliver;

import io.sluice.core.client.BindingClient;
import io.sluice.core.message.InvokeRequest;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what the app's answers ask for: creates a record on output bindings. The record that was delivered stays
 * acknowledged whatever comes of it; failures are logged.
 */
final class FanOut {
    private static final Logger log = LoggerFactory.getLogger(FanOut.class);

    private final String binding;
    private final BindingClient client;
    private final Function<Buffer, Optional<FanOutOrder>> parser;
    private final Occasionally notFollowed = new Occasionally();

    /**
     * @param binding whose records are answered
     * @param parser of the app's answers, finds what they ask for
     */
    FanOut(String binding, BindingClient client, Function<Buffer, Optional<FanOutOrder>> parser) {
        this.binding = binding;
        this.client = client;
        this.parser = parser;
    }

    /**
     * Follows an answer that acknowledges.
     *
     * @return done after everything that is to be done before the answer counts: nothing that runs in parallel
     */
    Future<Void> follow(AppAnswer answer) {
        if (answer.body() == null) {
            notFollowed.at(System.nanoTime(), before -> log.atWarn()
                    .addKeyValue("binding", binding)
                    .addKeyValue("before", before)
                    .addKeyValue("remedy", "see that the app ends its answers, and keeps them short and not compressed")
                    .log("an answer is incomplete, too long or not to be read, and is not followed"));
            return Future.succeededFuture();
        }
        return parser.apply(answer.body())
                .map(this::send)
                .orElse(Future.succeededFuture())
                .otherwiseEmpty();
    }

    private Future<Void> send(FanOutOrder order) {
        if (order.parallel()) {
            order.targets().forEach(target -> create(target, order.request()));
            return Future.succeededFuture();
        }
        Future<Void> sent = Future.succeededFuture();
        for (var target : order.targets()) {
            sent = sent.compose(previous -> create(target, order.request()));
        }
        return sent;
    }

    private Future<Void> create(String target, InvokeRequest request) {
        return client.invoke(target, request)
                .compose(outcome -> outcome.fold(
                        stored -> Future.<Void>succeededFuture(),
                        refused -> Future.failedFuture(refused.failure().message(target))))
                .onFailure(cause -> log.atError()
                        .addKeyValue("binding", binding)
                        .addKeyValue("reason", Causes.text(cause))
                        .log("an output binding that the app asked for failed"));
    }
}
