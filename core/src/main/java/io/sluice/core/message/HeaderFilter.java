package io.sluice.core.message;

import io.sluice.core.binding.HeaderNames;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which headers of a binding's records are delivered. Tells once of each name that stays behind: an app may miss it. Belongs
 * to one context.
 */
public final class HeaderFilter {
    private static final Logger log = LoggerFactory.getLogger(HeaderFilter.class);

    private final String binding;
    private final HeaderNames excluded;
    private final Runnable counter;
    /** Few: only names that are excluded. */
    private final Set<String> told = new HashSet<>();

    /** @param counter is run for each header that stays behind */
    public HeaderFilter(String binding, HeaderNames excluded, Runnable counter) {
        this.binding = binding;
        this.excluded = excluded;
        this.counter = counter;
    }

    public boolean passes(String name) {
        if (!excluded.contain(name)) {
            return true;
        }
        counter.run();
        if (told.size() < excluded.canonical().size() && told.add(HeaderNames.canonical(name))) {
            log.atWarn()
                    .addKeyValue("binding", binding)
                    .addKeyValue("header", HeaderNames.canonical(name))
                    .addKeyValue(
                            "remedy", "none, unless the app needs it: excludeDeliveryHeaders says what stays behind")
                    .log("records have a header that is not delivered");
        }
        return false;
    }
}
