package io.sluice.core.component.field;

/**
 * The text of a field with templates and references resolved.
 *
 * @param confidential whether the text came out of a secret store and must not be shown, whatever field it is for
 * @param known false when a reference could not be resolved, which has been told already: the field is neither missing
 *     nor wrong
 */
public record FieldValue(String text, boolean confidential, boolean known) {
    private static final int MOST_SHOWN = 120;

    /** A text that stands in the component file itself. */
    public static FieldValue plain(String text) {
        return new FieldValue(text, false, true);
    }

    /** A text out of a secret store. */
    public static FieldValue confidential(String text) {
        return new FieldValue(text, true, true);
    }

    /** What a reference that leads nowhere gives. */
    public static FieldValue unknown() {
        return new FieldValue("", true, false);
    }

    boolean isBlank() {
        return known && text.isBlank();
    }

    /** The text for a message: masked or shortened, without the password of a URL. */
    String shown(boolean secretField) {
        if (confidential || secretField) {
            return "***";
        }
        String withoutPassword = text.replaceAll("//[^/@]*@", "//***@");
        return withoutPassword.length() > MOST_SHOWN ? withoutPassword.substring(0, MOST_SHOWN) + "…" : withoutPassword;
    }

    @Override
    public String toString() {
        return "FieldValue[***]";
    }
}
