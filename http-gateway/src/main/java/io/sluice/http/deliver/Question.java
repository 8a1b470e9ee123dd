package io.sluice.http.deliver;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxException;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One request without a body, of whose answer only the status counts, and counts as soon as it is there. Like a record it is
 * sent once more when a connection that was kept breaks.
 */
final class Question implements AppConnections.Opening, Exchange.Answer {
    private final Vertx vertx;
    private final Consumer<AppConnections.Opening> opener;
    private final WireHeaders headers;
    private final ProtocolHint hint;
    private final Promise<Integer> status = Promise.promise();
    private @Nullable Exchange exchange;
    private long timer;
    private boolean again;
    private boolean repeated;
    private boolean over;

    /** @param opener gets an exchange for the question */
    Question(Vertx vertx, Consumer<AppConnections.Opening> opener, WireHeaders headers, ProtocolHint hint) {
        this.hint = hint;
        this.vertx = vertx;
        this.opener = opener;
        this.headers = headers;
    }

    /**
     * To be called once.
     *
     * @param timeout from now to the end of the answer; when it is over the connection is given up
     */
    Future<Integer> ask(Duration timeout) {
        timer = vertx.setTimer(Math.max(1, timeout.toMillis()), late -> expire(timeout));
        opener.accept(this);
        return status.future();
    }

    @Override
    public void opened(Exchange opened) {
        if (over) {
            opened.abandon();
            return;
        }
        exchange = opened;
        again = !repeated && opened.isOnKeptConnection();
        opened.send(headers, null, this);
    }

    @Override
    public void away(Throwable cause) {
        end();
        status.tryFail(new VertxException(hint.text(cause), cause, true));
    }

    @Override
    public void head(int answered, @Nullable String retryAfter) {
        hint.answered();
        status.tryComplete(answered);
    }

    @Override
    public void unfinished() {
        // Its time is running anyway.
    }

    @Override
    public void piece(Buffer piece) {
        // Read to its end for the sake of the connection.
    }

    @Override
    public void end() {
        over = true;
        vertx.cancelTimer(timer);
    }

    @Override
    public void broken(Throwable cause) {
        if (again && !status.future().isComplete()) {
            repeated = true;
            opener.accept(this);
        } else {
            away(cause);
        }
    }

    private void expire(Duration timeout) {
        if (over) {
            return;
        }
        away(new VertxException("no answer within " + timeout.toMillis() + " ms", true));
        if (exchange != null) {
            exchange.abandon();
        }
    }
}
