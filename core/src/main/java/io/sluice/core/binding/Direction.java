package io.sluice.core.binding;

/** The values of the component field {@code direction}. */
public enum Direction {
    INPUT,
    OUTPUT
}
