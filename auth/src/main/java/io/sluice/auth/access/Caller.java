package io.sluice.auth.access;

import org.jspecify.annotations.Nullable;

/** Somebody who was let in, and what he may do. */
public final class Caller {
    /** Where nobody is asked. */
    public static final Caller UNRESTRICTED =
            new Caller(new Principal(false, null, null, false), Grants.EVERYTHING, Challenges.NONE);

    private final Principal principal;
    private final Grants grants;
    private final Challenges challenges;

    Caller(Principal principal, Grants grants, Challenges challenges) {
        this.principal = principal;
        this.grants = grants;
        this.challenges = challenges;
    }

    /** Null when he may. */
    public @Nullable Refusal refusal(Right right) {
        return grants.give(principal, right) ? null : refused("the caller lacks the right " + right.key());
    }

    /** Null when he may; whether there is such a binding does not matter. */
    public @Nullable Refusal refusal(Right right, String binding) {
        return grants.give(principal, right, binding)
                ? null
                : refused("the caller lacks the right " + right.key() + " for binding " + binding);
    }

    /** Whoever has not said who he is may be allowed more once he does. */
    private Refusal refused(String message) {
        return principal.authenticated() || challenges.isEmpty()
                ? new Refusal(Refusal.Kind.FORBIDDEN, message, "")
                : challenges.nothingShown();
    }
}
