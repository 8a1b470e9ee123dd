package io.sluice.http.deliver;

/**
 * Something that an app does, in words for the guide, and what comes of it over each protocol; null where it cannot be said.
 */
record AnswerKind(String words, Cell<RawHttp1App.Peer> http1, Cell<RawHttp2App.Peer> h2c, Cell<RawHttp2App.Peer> grpc) {

    static AnswerKind kind(String words) {
        return new AnswerKind(words, null, null, null);
    }

    AnswerKind http1(Cell<RawHttp1App.Peer> cell) {
        return new AnswerKind(words, cell, h2c, grpc);
    }

    AnswerKind h2c(Cell<RawHttp2App.Peer> cell) {
        return new AnswerKind(words, http1, cell, grpc);
    }

    AnswerKind grpc(Cell<RawHttp2App.Peer> cell) {
        return new AnswerKind(words, http1, h2c, cell);
    }

    AnswerKind overHttp2(Cell<RawHttp2App.Peer> cell) {
        return h2c(cell).grpc(cell);
    }

    /** A row of the guide's table. */
    String row() {
        return "| " + words + " | " + words(http1) + " | " + words(h2c) + " | " + words(grpc) + " |";
    }

    private static String words(Cell<?> cell) {
        return cell == null ? "—" : cell.words();
    }

    @Override
    public String toString() {
        return words;
    }
}
