package io.sluice.it.silence;

import java.util.Locale;

/** What may keep records from moving, and what an operator finds of it on the page about troubles. */
enum Trouble {
    APP_DOWN("no delivery has succeeded for"),
    APP_HANGS("has not answered for"),
    APP_REFUSES_FOR_EVER("more than 3 times"),
    BLOCKED("redeliver them"),
    NOT_SUBSCRIBED("the app has not subscribed"),
    NO_APP_PORT("the app has no port"),
    TOPIC_MISSING("is not there: create it"),
    BROKER_DOWN("cannot be reached"),
    ANOTHER_MEMBER_HAS_ALL("and this gateway has none"),
    DEAD_LETTER_FAILS("the dead-letter topic cannot be written"),
    REGISTRY_DOWN("schemas that are not known yet cannot be had"),
    TOKEN_EXPIRED("oidcTokenEndpoint"),
    OFFSET_OUT_OF_RANGE("offsets gone"),
    MEMORY_SHORT("no more records of"),
    PAUSED("partitions that take no more records");

    private final String symptom;

    Trouble(String symptom) {
        this.symptom = symptom;
    }

    /** Words of the health's reason that the page has, too. */
    String symptom() {
        return symptom;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
