package io.sluice.http.deliver;

/**
 * Whether the app wants the records of a binding.
 *
 * @param reason why not, or why that is unclear, in words for an operator; empty when it wants them
 */
record Subscription(Wish wish, String reason) {
    static final Subscription WANTED = new Subscription(Wish.WANTED, "");

    enum Wish {
        WANTED,
        UNWANTED,
        /** To be asked again soon. */
        UNCLEAR
    }

    static Subscription unwanted(String reason) {
        return new Subscription(Wish.UNWANTED, reason);
    }

    static Subscription unclear(String reason) {
        return new Subscription(Wish.UNCLEAR, reason);
    }
}
