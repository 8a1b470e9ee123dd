package io.sluice.app.reload;

import org.jspecify.annotations.Nullable;

/**
 * Decides when files are to be read again: when they are not as they were when they were last read, and have been as they
 * are for a whole turn, so that a file that is being written is not read half.
 *
 * <pre>
 *   turn       1    2    3    4    5    6    7
 *   files      a    a    b    c    c    c    c
 *   is due          ●              ●              a change is taken up one turn after the last write
 * </pre>
 *
 * <p>Files with something wrong in them are read again every now and then all the same: what is wrong may stand elsewhere,
 * in the file of a certificate, say.
 */
final class Settling {
    static final int TURNS_TO_ANOTHER_TRY = 10;

    private @Nullable Snapshot seen;
    private @Nullable Snapshot read;
    private boolean right = true;
    private int turns;

    /** Once a turn. */
    boolean isDue(Snapshot now) {
        boolean still = now.equals(seen);
        seen = now;
        turns++;
        return still && (!now.equals(read) || !right && turns >= TURNS_TO_ANOTHER_TRY);
    }

    /** The files are about to be read as they were seen last; until they have been, that counts as wrong. */
    void reading() {
        read = seen;
        right = false;
        turns = 0;
    }

    /** They have been read. */
    void read(boolean nothingWrong) {
        right = nothingWrong;
    }
}
