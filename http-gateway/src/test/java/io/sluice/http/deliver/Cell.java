package io.sluice.http.deliver;

import java.util.function.Consumer;

/**
 * What an app does over one protocol, and what the gateway makes of it.
 *
 * @param <P> the app's end of a connection
 * @param moment when the app does it
 * @param plays how often it does so, before it behaves
 * @param onKept whether it has answered another record on the connection before
 * @param hasty whether the test's gateway loses its patience soon
 * @param isKept whether the connection is used again
 * @param sent how often the app gets the record in one delivery
 */
record Cell<P>(
        Consumer<P> script,
        Moment moment,
        int plays,
        boolean onKept,
        boolean hasty,
        Outcome outcome,
        boolean isKept,
        int sent) {

    enum Moment {
        CONNECT,
        HEAD,
        REQUEST
    }

    enum Outcome {
        ACKNOWLEDGED,
        REFUSED,
        /** It is no attempt: the record is delivered again. */
        WAITS,
        /** Nothing comes of it as long as it lasts. */
        AWAITED
    }

    static <P> Cell<P> of(Consumer<P> script, Outcome outcome) {
        return new Cell<>(script, Moment.REQUEST, 1, false, false, outcome, true, 1);
    }

    static <P> Cell<P> acknowledged(Consumer<P> script) {
        return of(script, Outcome.ACKNOWLEDGED);
    }

    static <P> Cell<P> refused(Consumer<P> script) {
        return of(script, Outcome.REFUSED);
    }

    static <P> Cell<P> waits(Consumer<P> script) {
        return of(script, Outcome.WAITS).closed();
    }

    static <P> Cell<P> awaited(Consumer<P> script) {
        return of(script, Outcome.AWAITED).hastily();
    }

    Cell<P> at(Moment other) {
        int arrives = other == Moment.CONNECT ? 0 : sent;
        return new Cell<>(script, other, plays, onKept, hasty, outcome, isKept, arrives);
    }

    Cell<P> always() {
        return new Cell<>(script, moment, 2, onKept, hasty, outcome, isKept, 2);
    }

    Cell<P> afterAnother() {
        return new Cell<>(script, moment, plays, true, hasty, outcome, isKept, sent);
    }

    Cell<P> hastily() {
        return new Cell<>(script, moment, plays, onKept, true, outcome, isKept, sent);
    }

    Cell<P> closed() {
        return new Cell<>(script, moment, plays, onKept, hasty, outcome, false, sent);
    }

    Cell<P> kept() {
        return new Cell<>(script, moment, plays, onKept, hasty, outcome, true, sent);
    }

    Cell<P> sentTwice() {
        return new Cell<>(script, moment, plays, onKept, hasty, outcome, isKept, 2);
    }

    /** As the guide has it. */
    String words() {
        var words = new StringBuilder(outcome.name().toLowerCase(java.util.Locale.ROOT));
        if (sent == 2) {
            words.append(", sent twice");
        }
        if (!isKept && (outcome == Outcome.ACKNOWLEDGED || outcome == Outcome.REFUSED)) {
            words.append(", closed");
        }
        return words.toString();
    }
}
