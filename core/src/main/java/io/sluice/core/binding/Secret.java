package io.sluice.core.binding;

/** A value that must never be printed: only {@link #reveal()} gives it away. */
public record Secret(String reveal) {
    private static final String MASK = "***";

    @Override
    public String toString() {
        return MASK;
    }
}
