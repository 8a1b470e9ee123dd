package io.sluice.kafka.consume.failure;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * How much a dead letter tells of itself. Our own headers can make a record larger than its topic takes, which is no smaller
 * than the record's own topic took: then they give way, and never its key, value or headers.
 */
enum LetterForm {
    WHOLE,
    REASON_CUT,
    WITHOUT_REASON,
    /** Where the record was, and nothing else. */
    COORDINATES,
    BARE;

    private static final int CUT_BYTES = 100;

    /** The form to try next, empty when nothing is left to leave out. */
    Optional<LetterForm> smaller(String reason) {
        return switch (this) {
            case WHOLE -> Optional.of(reason.length() > CUT_BYTES ? REASON_CUT : WITHOUT_REASON);
            case REASON_CUT -> Optional.of(WITHOUT_REASON);
            case WITHOUT_REASON -> Optional.of(COORDINATES);
            case COORDINATES -> Optional.of(BARE);
            case BARE -> Optional.empty();
        };
    }

    boolean hasReason() {
        return this == WHOLE || this == REASON_CUT;
    }

    boolean hasStory() {
        return hasReason() || this == WITHOUT_REASON;
    }

    boolean hasCoordinates() {
        return this != BARE;
    }

    /** The reason in UTF-8, cut between characters if this form cuts it. */
    byte[] reason(String reason) {
        String text = reason;
        if (this == REASON_CUT) {
            int end = Math.min(CUT_BYTES, reason.length());
            while (splitsCharacter(reason, end)
                    || reason.substring(0, end).getBytes(StandardCharsets.UTF_8).length > CUT_BYTES) {
                end--;
            }
            text = reason.substring(0, end);
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static boolean splitsCharacter(String text, int at) {
        return at > 0 && at < text.length() && Character.isSurrogatePair(text.charAt(at - 1), text.charAt(at));
    }
}
