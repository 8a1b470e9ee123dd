package io.sluice.http.deliver;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.buffer.Buffer;

/** The beginning of what an app says beside an error, for people to read. Belongs to one attempt. */
final class ErrorBody {
    static final int KEPT_BYTES = 512;

    private final Buffer kept = Buffer.buffer();

    void add(Buffer piece) {
        int room = KEPT_BYTES - kept.length();
        if (room > 0) {
            kept.appendBuffer(piece, 0, Math.min(room, piece.length()));
        }
    }

    /** On one line, whatever it was. */
    String text() {
        var text = new StringBuilder();
        kept.toString(UTF_8).codePoints().forEach(code -> {
            if (code == '\\' || Character.isISOControl(code) || Character.getType(code) == Character.FORMAT) {
                text.append(code == '\\' ? "\\\\" : String.format("\\u%04x", code));
            } else {
                text.appendCodePoint(code);
            }
        });
        return text.toString();
    }
}
