package io.sluice.http.api;

import io.sluice.core.binding.BindingCatalog;
import io.sluice.core.message.Failure;
import io.sluice.core.message.Reason;

/** What this gateway is made of, and what clients have noted of it. */
final class MetadataEndpoints {
    private final GatewayInfo info;
    private final BindingCatalog catalog;
    private final ExtendedMetadata extended;

    MetadataEndpoints(GatewayInfo info, BindingCatalog catalog, ExtendedMetadata extended) {
        this.info = info;
        this.catalog = catalog;
        this.extended = extended;
    }

    void get(Exchange exchange) {
        exchange.answer(Answer.json(MetadataJson.render(info, catalog, extended.entries())));
    }

    /** The body is the value, as UTF-8 text. */
    void set(Exchange exchange, String name) {
        exchange.readBody(
                ExtendedMetadata.MAX_ENTRY_BYTES,
                value -> exchange.answer(
                        extended.put(name, value) ? Answer.NO_CONTENT : Answer.malformed(ExtendedMetadata.NO_ROOM)),
                MetadataEndpoints::bodyRefused);
    }

    private static Answer bodyRefused(Failure failure) {
        return failure.reason() == Reason.MALFORMED_REQUEST
                ? Answer.malformed(failure.detail())
                : Answer.error(failure.reason().status(), failure.reason().errorCode(), failure.detail());
    }
}
