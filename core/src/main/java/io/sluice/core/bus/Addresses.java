package io.sluice.core.bus;

/** Every address of the event bus is built here; {@code docs/event-bus.md} describes them. */
public final class Addresses {
    private static final String BINDINGS = "sluice.bindings.";

    private Addresses() {}

    /** Calls of an output binding: an {@code InvokeRequest}, an {@code InvokeBatch} or the JSON of the HTTP body. */
    public static String invoke(String binding) {
        return BINDINGS + binding + ".invoke";
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
