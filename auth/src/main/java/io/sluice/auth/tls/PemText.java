package io.sluice.auth.tls;

/** What a source holds, as it was read. */
record PemText(PemSource source, String text) {

    /** Where it is from, never the text. */
    @Override
    public String toString() {
        return source.toString();
    }
}
