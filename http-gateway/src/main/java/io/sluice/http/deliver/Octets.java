package io.sluice.http.deliver;

/** Bytes of texts that HTTP carries. */
final class Octets {
    private static final String HEX = "0123456789ABCDEF";

    private Octets() {}

    static boolean isAlphanumeric(byte b) {
        return b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z';
    }

    /** Appends {@code %XX}. */
    static void escape(StringBuilder text, byte b) {
        text.append('%').append(HEX.charAt(b >> 4 & 0xf)).append(HEX.charAt(b & 0xf));
    }
}
