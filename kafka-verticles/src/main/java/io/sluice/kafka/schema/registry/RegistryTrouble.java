package io.sluice.kafka.schema.registry;

import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells once that a registry is out of reach, and once that it is back. Safe for use from any thread. */
final class RegistryTrouble {
    private static final Logger log = LoggerFactory.getLogger(RegistryTrouble.class);
    private static final String REMEDY = "; look at schemaRegistryURL and the login of the registry";

    private final String binding;
    private final Consumer<String> health;
    private boolean told;

    /** @param health gets why the registry is out of reach, empty when it is no more */
    RegistryTrouble(String binding, Consumer<String> health) {
        this.binding = binding;
        this.health = health;
    }

    synchronized void failed(LookupFailure failure) {
        if (!failure.isOutOfReach()) {
            ended();
            return;
        }
        health.accept("schemas that are not known yet cannot be had: " + failure.detail() + REMEDY);
        if (!told) {
            told = true;
            log.atWarn()
                    .addKeyValue("binding", binding)
                    .addKeyValue("reason", failure.detail() + REMEDY)
                    .log("schema registry unavailable; using cached schemas");
        }
    }

    /** Whether the registry was out of reach when it was asked last. */
    synchronized boolean lasts() {
        return told;
    }

    synchronized void ended() {
        if (told) {
            told = false;
            health.accept("");
            log.atInfo().addKeyValue("binding", binding).log("the schema registry gives schemas again");
        }
    }
}
