package io.sluice.core.bus;

/** Every address of the event bus is built here; {@code docs/event-bus.md} describes them. */
public final class Addresses {
    private static final String BINDINGS = "sluice.bindings.";

    private Addresses() {}

    /** Calls of an output binding: an {@code InvokeRequest}, an {@code InvokeBatch} or the JSON of the HTTP body. */
    public static String invoke(String binding) {
        return BINDINGS + binding + ".invoke";
    }

    /** Records for the user's app: {@code DeliveryBatch}, local. */
    public static String deliver(String binding) {
        return BINDINGS + binding + ".deliver";
    }

    /** Where the sender of delivery batches gets its results; {@code sender} is unique in the cluster. */
    public static String settlements(String sender) {
        return "sluice.settlements." + sender;
    }

    /** A binding's {@code DeliveryGate}s are published here, locally: whether the app takes its records. */
    public static String deliveryGate(String binding) {
        return BINDINGS + binding + ".gate";
    }

    /** A binding's name that is published here, locally, asks for its {@code DeliveryGate} to be published again. */
    public static String deliveryGateAsked() {
        return "sluice.delivery.gate.ask";
    }

    /** Whatever is published here, locally, tells that the catalog of bindings is another. */
    public static String catalogChanged() {
        return "sluice.catalog.changed";
    }

    /** Asks for the state of a binding's partitions, local; the reply is the JSON of the HTTP API. */
    public static String partitions(String binding) {
        return BINDINGS + binding + ".partitions";
    }

    /** Asks for a binding's failure ledger, local; the reply is the JSON of the HTTP API. */
    public static String failures(String binding) {
        return BINDINGS + binding + ".failures";
    }

    /** Asks for a record to be delivered again, local; {@code {"topic", "partition", "offset"}}. */
    public static String redeliver(String binding) {
        return BINDINGS + binding + ".redeliver";
    }

    /** Where a record that cannot be read is passed over, by its coordinates. */
    public static String skip(String binding) {
        return BINDINGS + binding + ".skip";
    }

    /** Input records of a binding whose {@code delivery} is {@code eventbus}. */
    public static String events(String binding) {
        return BINDINGS + binding + ".events";
    }

    /** Coordinates and outcome of each delivered record, published. */
    public static String tap(String binding) {
        return BINDINGS + binding + ".tap";
    }

    /** Where the sender of batches gets its outcomes; {@code sender} is unique in the cluster. */
    public static String outcomes(String sender) {
        return "sluice.outcomes." + sender;
    }
}
