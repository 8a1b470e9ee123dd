package io.sluice.kafka.schema.registry;

/** Why there is no schema. Expected, so it has no stack trace. */
public final class LookupFailure extends RuntimeException {
    private final Kind kind;

    /** What is to be done about it. */
    public enum Kind {
        /** The registry does not answer, or not as a registry does: it may when it is asked again. */
        UNAVAILABLE("unavailable"),
        /** The registry does not answer us: credentials, permissions or its URL are wrong until somebody changes them. */
        REFUSED("refused"),
        /** The registry answered that it has no such schema. */
        UNKNOWN("unknown"),
        /** There is a schema, but none that values can be encoded with. */
        UNUSABLE("unusable");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }

    LookupFailure(Kind kind, String detail) {
        super(detail, null, false, false);
        this.kind = kind;
    }

    static LookupFailure unavailable(String detail) {
        return new LookupFailure(Kind.UNAVAILABLE, detail);
    }

    static LookupFailure unusable(String detail) {
        return new LookupFailure(Kind.UNUSABLE, detail);
    }

    /** What {@code cause} is for whoever asked for a schema. */
    public static LookupFailure of(Throwable cause) {
        return cause instanceof LookupFailure failure
                ? failure
                : unavailable("schema registry: " + cause.getClass().getSimpleName());
    }

    public Kind kind() {
        return kind;
    }

    /** Whether the schema, if there is one, is merely out of reach. */
    public boolean isOutOfReach() {
        return switch (kind) {
            case UNAVAILABLE, REFUSED -> true;
            case UNKNOWN, UNUSABLE -> false;
        };
    }

    /** In words that a caller can act on; no payload, no secret. */
    public String detail() {
        return String.valueOf(getMessage());
    }
}
