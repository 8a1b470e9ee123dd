package io.sluice.app.settings;

/** How the values of a flag are given. */
enum FlagKind {
    TEXT,
    /** Repeatable, and each value may hold several separated by commas. */
    LIST,
    /** {@code --flag} alone means true. */
    SWITCH
}
