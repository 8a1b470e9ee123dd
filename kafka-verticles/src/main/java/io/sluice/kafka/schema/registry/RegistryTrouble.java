package io.sluice.kafka.schema.registry;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells once that a registry is out of reach, and once that it is back. Safe for use from any thread. */
final class RegistryTrouble {
    private static final Logger log = LoggerFactory.getLogger(RegistryTrouble.class);

    private final String binding;
    private boolean told;

    RegistryTrouble(String binding) {
        this.binding = binding;
    }

    synchronized void failed(LookupFailure failure) {
        if (!failure.isOutOfReach()) {
            ended();
        } else if (!told) {
            told = true;
            log.atWarn()
                    .addKeyValue("binding", binding)
                    .addKeyValue("reason", failure.detail())
                    .log("the schema registry does not give schemas; those that are known are used");
        }
    }

    synchronized void ended() {
        if (told) {
            told = false;
            log.atWarn().addKeyValue("binding", binding).log("the schema registry gives schemas again");
        }
    }
}
