package io.sluice.http.deliver;

import io.sluice.core.message.Delivery.Coordinates;
import io.sluice.core.message.DeliveryResult;
import io.sluice.core.message.DeliveryResult.Refused;
import io.sluice.core.message.DeliveryResult.Unreachable;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records during whose delivery a connection broke before the app answered. That is no refusal: the app may have been killed
 * for anything, so the record waits and is delivered again. Only one that does it again and again while the app answers other
 * records is to blame, and then it is refused.
 *
 * <pre>
 *   breaks ──► suspect, waits ──► delivered when no other suspect is ──► answered: suspect no more
 *                  ▲                                                └──► breaks again, others were answered since
 *                  └───────────────── fewer than three times ◄───────────┘ └──► the third time: refused
 * </pre>
 *
 * <p>An app that dies takes all its connections along, those of the innocent too. That is why suspects are delivered one after
 * the other: who breaks a connection alone is not innocent. A slow one does not hold up the others for long; what breaks
 * beside another suspect stays undecided, and has more time alone when its turn comes again. Belongs to one context.
 */
final class Suspects {
    private static final Logger log = LoggerFactory.getLogger(Suspects.class);

    /** How often a connection breaks before the record counts as refused. */
    static final int BREAKS = 3;

    /** Each time that nobody knows who broke a connection, the time alone is doubled, but not more often than this. */
    private static final int DOUBLED_AT_MOST = 6;

    /** Those of partitions that went to another gateway stay behind, and are forgotten as the eldest. */
    private static final int MOST = 10_000;

    private final Vertx vertx;
    private final long aloneMillis;
    private final Occasionally telling;
    private final Map<Key, Suspect> suspects = new LinkedHashMap<>();
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    /** More than one where the first takes its time. */
    private final Set<Key> underWay = new HashSet<>();

    /** Those of them beside which another one was, all the time or not. */
    private final Set<Key> accompanied = new HashSet<>();
    /** The one that is delivered alone, null for none. */
    private @Nullable Key alone;

    private boolean advancing;
    private long timer;
    private long answers;

    private record Key(String binding, Coordinates coordinates) {}

    /**
     * @param undecided how often it broke its connection beside another one
     * @param answersBefore how many records the app had answered when the last break counted
     */
    private record Suspect(int breaks, int undecided, long answersBefore) {}

    /** @param aloneMillis after which a suspect that is under way holds up the others no more: it is slow, and not deadly */
    Suspects(Vertx vertx, long aloneMillis, Occasionally telling) {
        this.vertx = vertx;
        this.aloneMillis = aloneMillis;
        this.telling = telling;
    }

    /** Whether there is none, so that no record has to {@link #enter}. */
    boolean isEmpty() {
        return suspects.isEmpty() && underWay.isEmpty();
    }

    /** Runs {@code call} at once, or a suspect's when its turn comes. What becomes of it has to be told. */
    void enter(String binding, Coordinates coordinates, Runnable call) {
        var key = new Key(binding, coordinates);
        if (!suspects.containsKey(key)) {
            call.run();
        } else if (alone == null) {
            begin(key, call);
        } else {
            waiting.add(() -> begin(key, call));
        }
    }

    private void begin(Key key, Runnable call) {
        alone = key;
        underWay.add(key);
        if (underWay.size() > 1) {
            accompanied.addAll(underWay);
        }
        timer = vertx.setTimer(millisAlone(key), slow -> next());
        call.run();
    }

    private long millisAlone(Key key) {
        var suspect = suspects.get(key);
        return suspect == null ? aloneMillis : aloneMillis << Math.min(suspect.undecided, DOUBLED_AT_MOST);
    }

    /** The app has answered the record, whatever it said. */
    void answered(String binding, Coordinates coordinates) {
        answers++;
        if (!isEmpty()) {
            var key = new Key(binding, coordinates);
            suspects.remove(key);
            left(key);
        }
    }

    /** The record did not get as far as the app. */
    void away(String binding, Coordinates coordinates) {
        if (!isEmpty()) {
            left(new Key(binding, coordinates));
        }
    }

    /** A connection broke before the app answered the record. */
    DeliveryResult broke(String binding, Coordinates coordinates, String reason) {
        var key = new Key(binding, coordinates);
        int breaks = count(key);
        left(key);
        if (breaks >= BREAKS) {
            suspects.remove(key);
            return new Refused(
                    0, "it broke its connection " + breaks + " times while the app answered other records: " + reason);
        }
        telling.at(System.nanoTime(), before -> log.atWarn()
                .addKeyValue("binding", binding)
                .addKeyValue("record", coordinates)
                .addKeyValue("reason", reason)
                .addKeyValue("before", before)
                .addKeyValue("remedy", "see why the app ends or closes connections; the record is delivered again")
                .log("a connection to the app broke before it answered a record"));
        return new Unreachable(reason);
    }

    private int count(Key key) {
        var before = suspects.get(key);
        if (before == null) {
            forgetEldest();
            suspects.put(key, new Suspect(1, 0, answers));
            return 1;
        }
        if (accompanied.contains(key)) {
            suspects.put(key, new Suspect(before.breaks, before.undecided + 1, before.answersBefore));
            return before.breaks;
        }
        if (answers == before.answersBefore) {
            return before.breaks;
        }
        suspects.put(key, new Suspect(before.breaks + 1, before.undecided, answers));
        return before.breaks + 1;
    }

    private void forgetEldest() {
        if (suspects.size() >= MOST) {
            suspects.remove(suspects.keySet().iterator().next());
        }
    }

    private void left(Key key) {
        underWay.remove(key);
        accompanied.remove(key);
        if (key.equals(alone)) {
            vertx.cancelTimer(timer);
            next();
        }
    }

    /** A loop and no recursion: calls may end as soon as they begin, thousands in a row. */
    private void next() {
        alone = null;
        if (advancing) {
            return;
        }
        advancing = true;
        try {
            while (alone == null && !waiting.isEmpty()) {
                waiting.remove().run();
            }
        } finally {
            advancing = false;
        }
    }

    /** Those that wait for their turn are let go, to be told that nobody delivers any more. */
    void close() {
        vertx.cancelTimer(timer);
        while (!waiting.isEmpty()) {
            next();
        }
    }
}
