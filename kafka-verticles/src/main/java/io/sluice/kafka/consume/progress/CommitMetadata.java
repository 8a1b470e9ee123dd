package io.sluice.kafka.consume.progress;

import io.sluice.kafka.consume.progress.Checkpoint.Failed;
import io.sluice.kafka.consume.progress.Checkpoint.Range;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.BitSet;
import java.util.List;

/**
 * The text that travels with a committed offset: which records above it are settled, and how often the others were
 * refused. Whoever owns the partition next delivers exactly the rest.
 *
 * <pre>{@code
 *   text    = "sluice1:" base64url(body)                 empty when there is nothing to tell
 *   body    = position failed* 0 kind (runs | bits)       numbers in LEB128
 *   failed  = step refusals drift                         step: from the last failed offset, the first from position - 1
 *                                                         drift: of the first failure's time from the last one's, zigzag
 *   runs    = (unsettled settled)*                        lengths, from the position on
 *   bits    = one per offset from the position on, the lowest first, set when settled
 * }</pre>
 *
 * <p>When not everything fits, what is furthest from the position is left out: it will be delivered again. Text that was
 * not written for the committed offset it stands next to (another client's, a tool's that moved the offset or copied it
 * to another cluster) means nothing is known: everything from the offset on is delivered.
 */
final class CommitMetadata {
    /** The broker's default of {@code offset.metadata.max.bytes}, which counts characters. */
    static final int MAX_CHARS = 4096;

    private static final String MAGIC = "sluice1:";
    private static final byte RUNS = 0;
    private static final byte BITS = 1;
    private static final int LONGEST_NUMBER = 10;

    private CommitMetadata() {}

    /** Text of at most {@code maxChars} characters. */
    static String encode(Checkpoint checkpoint, int maxChars) {
        int room = (maxChars - MAGIC.length()) / 4 * 3;
        boolean nothingToTell =
                checkpoint.settled().isEmpty() && checkpoint.failed().isEmpty();
        if (nothingToTell || room < LONGEST_NUMBER + 2) {
            return "";
        }
        ByteBuffer body = ByteBuffer.allocate(room);
        Leb128.write(body, checkpoint.position());
        // A third for the attempts, so that many failures cannot crowd out what spares far more deliveries.
        writeFailed(body, checkpoint, LONGEST_NUMBER + (room - LONGEST_NUMBER) / 3);
        Settled settled = Settled.smaller(checkpoint, body.remaining() - 1);
        body.put(settled.kind).put(settled.bytes).flip();
        byte[] bytes = new byte[body.remaining()];
        body.get(bytes);
        return MAGIC + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static void writeFailed(ByteBuffer body, Checkpoint checkpoint, int limit) {
        long offset = checkpoint.position() - 1;
        long time = 0;
        for (Failed failed : checkpoint.failed()) {
            long step = failed.offset() - offset;
            long drift = zigzag(failed.firstFailureAt() - time);
            int size = Leb128.size(step) + Leb128.size(failed.attempts()) + Leb128.size(drift);
            if (body.position() + size >= limit) {
                break;
            }
            Leb128.write(body, step);
            Leb128.write(body, failed.attempts());
            Leb128.write(body, drift);
            offset = failed.offset();
            time = failed.firstFailureAt();
        }
        body.put((byte) 0);
    }

    /** What {@code metadata} tells of the offsets from {@code committed} on; never fails. */
    static Checkpoint decode(long committed, String metadata) {
        if (committed < 0 || !metadata.startsWith(MAGIC)) {
            return Checkpoint.at(committed);
        }
        try {
            return read(ByteBuffer.wrap(Base64.getUrlDecoder().decode(metadata.substring(MAGIC.length()))), committed);
        } catch (IllegalArgumentException | BufferUnderflowException | ArithmeticException e) {
            return Checkpoint.at(committed);
        }
    }

    private static Checkpoint read(ByteBuffer body, long committed) {
        require(Leb128.read(body) == committed);
        List<Failed> failed = readFailed(body, committed);
        byte kind = body.get();
        require(kind == RUNS || kind == BITS);
        return new Checkpoint(committed, kind == RUNS ? readRuns(body, committed) : readBits(body, committed), failed);
    }

    private static List<Failed> readFailed(ByteBuffer body, long position) {
        var failed = new ArrayList<Failed>();
        long offset = position - 1;
        long time = 0;
        for (long step = Leb128.read(body); step != 0; step = Leb128.read(body)) {
            require(step > 0);
            offset = Math.addExact(offset, step);
            int attempts = Math.toIntExact(Leb128.read(body));
            require(attempts > 0);
            time += unzigzag(Leb128.read(body));
            failed.add(new Failed(offset, attempts, time));
        }
        return failed;
    }

    private static List<Range> readRuns(ByteBuffer body, long position) {
        var ranges = new ArrayList<Range>();
        long end = position;
        while (body.hasRemaining()) {
            long unsettled = Leb128.read(body);
            long settled = Leb128.read(body);
            require(unsettled >= 0 && settled > 0);
            long from = Math.addExact(end, unsettled);
            end = Math.addExact(from, settled);
            ranges.add(new Range(from, end));
        }
        return ranges;
    }

    private static List<Range> readBits(ByteBuffer body, long position) {
        var ranges = new ArrayList<Range>();
        BitSet bits = BitSet.valueOf(body);
        for (int from = bits.nextSetBit(0); from >= 0; ) {
            int to = bits.nextClearBit(from);
            ranges.add(new Range(Math.addExact(position, from), Math.addExact(position, to)));
            from = bits.nextSetBit(to);
        }
        return ranges;
    }

    private static void require(boolean valid) {
        if (!valid) {
            throw new IllegalArgumentException("not written by this version");
        }
    }

    private static long zigzag(long value) {
        return (value << 1) ^ (value >> 63);
    }

    private static long unzigzag(long value) {
        return (value >>> 1) ^ -(value & 1);
    }

    /** The settled offsets in bytes, as far as there is room; {@code end} tells how far. */
    private static final class Settled {
        private final byte kind;
        private final byte[] bytes;
        private final long end;

        private Settled(byte kind, byte[] bytes, long end) {
            this.kind = kind;
            this.bytes = bytes;
            this.end = end;
        }

        static Settled smaller(Checkpoint checkpoint, int room) {
            Settled runs = runs(checkpoint, room);
            Settled bits = bits(checkpoint, room);
            if (runs.end != bits.end) {
                return runs.end > bits.end ? runs : bits;
            }
            return runs.bytes.length <= bits.bytes.length ? runs : bits;
        }

        private static Settled runs(Checkpoint checkpoint, int room) {
            ByteBuffer out = ByteBuffer.allocate(room);
            long end = checkpoint.position();
            for (Range range : checkpoint.settled()) {
                long unsettled = range.from() - end;
                long settled = range.to() - range.from();
                if (Leb128.size(unsettled) + Leb128.size(settled) > out.remaining()) {
                    break;
                }
                Leb128.write(out, unsettled);
                Leb128.write(out, settled);
                end = range.to();
            }
            byte[] bytes = new byte[out.position()];
            out.flip().get(bytes);
            return new Settled(RUNS, bytes, end);
        }

        private static Settled bits(Checkpoint checkpoint, int room) {
            long position = checkpoint.position();
            long capacity = room * 8L;
            var bits = new BitSet();
            long end = position;
            for (Range range : checkpoint.settled()) {
                if (range.from() - position >= capacity) {
                    break;
                }
                long to = Math.min(range.to() - position, capacity);
                bits.set((int) (range.from() - position), (int) to);
                end = position + to;
            }
            return new Settled(BITS, bits.toByteArray(), end);
        }
    }
}
