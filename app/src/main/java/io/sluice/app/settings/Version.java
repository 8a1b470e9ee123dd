package io.sluice.app.settings;

/** Which build of Sluice this is. */
public final class Version {
    private Version() {}

    /** The version that the jar's manifest says, {@code development} for classes outside a jar. */
    public static String number() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
