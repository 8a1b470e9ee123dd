package io.sluice.core.envelope;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Random bodies: valid ones, damaged ones and noise; the same seed gives the same bodies. */
final class EnvelopeGenerator {
    private static final String[] NAMES = {
        "operation",
        "data",
        "metadata",
        "Operation",
        "DATA",
        "d\\u0061ta",
        "meta\\u0044ata",
        "x",
        "",
        "données",
        "dat",
        "k\\n"
    };
    private static final String[] SCALARS = {
        "null",
        "true",
        "false",
        "0",
        "-0",
        "-1",
        "42",
        "1e400",
        "0.5",
        "-2.5E-7",
        "9007199254740993",
        "1E+2",
        "\"create\"",
        "\"\""
    };
    private static final String[] TEXTS = {
        "a",
        "create",
        "key-1",
        " ",
        "/",
        "é",
        "€",
        "😀",
        "\u007f",
        "\u2028",
        "\\n",
        "\\\"",
        "\\\\",
        "\\/",
        "\\u0000",
        "\\u00e9",
        "\\ud83d\\ude00",
        "\\ud83d",
        "\\udE00",
        "\\uFFFE"
    };
    private static final String[] SPACES = {"", "", "", "", " ", "\n", "\t", "\r\n  "};
    private static final byte[] INTERESTING =
            "{}[]:,\"\\\"\\ \n\t\0u0123456789-+.eEtrfalsn\u007f".getBytes(StandardCharsets.UTF_8);

    private final SplittableRandom random;
    private final List<Corpus.Entry> corpus;

    EnvelopeGenerator(long seed, List<Corpus.Entry> corpus) {
        this.random = new SplittableRandom(seed);
        this.corpus = corpus;
    }

    byte[] next() {
        int kind = random.nextInt(20);
        if (kind < 7) {
            return valid();
        }
        if (kind < 14) {
            return damaged(valid());
        }
        return kind < 18 ? damaged(corpus.get(random.nextInt(corpus.size())).body()) : noise();
    }

    private byte[] valid() {
        var text = new StringBuilder(pick(SPACES)).append('{');
        int members = random.nextInt(6);
        for (int i = 0; i < members; i++) {
            String name = pick(NAMES);
            text.append(i == 0 ? "" : ",").append(pick(SPACES));
            text.append('"').append(name).append('"').append(pick(SPACES)).append(':');
            text.append(pick(SPACES));
            appendMember(text, name);
            text.append(pick(SPACES));
        }
        return text.append('}').append(pick(SPACES)).toString().getBytes(StandardCharsets.UTF_8);
    }

    private void appendMember(StringBuilder text, String name) {
        boolean odd = random.nextInt(20) == 0;
        if (!odd && name.length() == 9) {
            appendString(text);
        } else if (!odd && (name.equals("metadata") || name.equals("meta\\u0044ata"))) {
            appendMetadata(text);
        } else {
            appendValue(text, 0);
        }
    }

    private void appendMetadata(StringBuilder text) {
        text.append('{');
        int entries = random.nextInt(4);
        for (int i = 0; i < entries; i++) {
            text.append(i == 0 ? "" : ",").append(pick(SPACES));
            appendString(text);
            text.append(pick(SPACES)).append(':').append(pick(SPACES));
            appendString(text);
        }
        text.append(pick(SPACES)).append('}');
    }

    private void appendValue(StringBuilder text, int depth) {
        int kind = random.nextInt(depth > 5 ? 6 : 10);
        if (kind < 4) {
            text.append(pick(SCALARS));
        } else if (kind < 6) {
            appendString(text);
        } else {
            appendContainer(text, depth, kind < 8);
        }
    }

    private void appendContainer(StringBuilder text, int depth, boolean object) {
        text.append(object ? '{' : '[').append(pick(SPACES));
        int size = random.nextInt(4);
        for (int i = 0; i < size; i++) {
            text.append(i == 0 ? "" : ",").append(pick(SPACES));
            if (object) {
                appendString(text);
                text.append(pick(SPACES)).append(':').append(pick(SPACES));
            }
            appendValue(text, depth + 1);
            text.append(pick(SPACES));
        }
        text.append(object ? '}' : ']');
    }

    private void appendString(StringBuilder text) {
        text.append('"');
        for (int i = random.nextInt(6); i > 0; i--) {
            text.append(pick(TEXTS));
        }
        text.append('"');
    }

    private byte[] damaged(byte[] body) {
        byte[] damaged = body;
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            damaged = damagedOnce(damaged);
        }
        return damaged;
    }

    private byte[] damagedOnce(byte[] body) {
        int at = random.nextInt(body.length + 1);
        int length = Math.min(body.length - at, 1 + random.nextInt(3));
        return switch (random.nextInt(6)) {
            case 0 -> Arrays.copyOf(body, at);
            case 1 -> replaced(body, at, length, new byte[0]);
            case 2 -> replaced(body, at, 0, new byte[] {interesting()});
            case 3 -> replaced(body, at, 0, new byte[] {(byte) random.nextInt(256)});
            case 4 -> replaced(body, at, length, new byte[] {interesting()});
            default -> flipped(body, at);
        };
    }

    private byte[] flipped(byte[] body, int at) {
        byte[] flipped = body.clone();
        if (at < body.length) {
            flipped[at] ^= (byte) (1 << random.nextInt(8));
        }
        return flipped;
    }

    private static byte[] replaced(byte[] body, int at, int length, byte[] by) {
        byte[] result = new byte[body.length - length + by.length];
        System.arraycopy(body, 0, result, 0, at);
        System.arraycopy(by, 0, result, at, by.length);
        System.arraycopy(body, at + length, result, at + by.length, body.length - at - length);
        return result;
    }

    private byte[] noise() {
        byte[] noise = new byte[random.nextInt(40)];
        random.nextBytes(noise);
        if (noise.length > 0 && random.nextBoolean()) {
            for (int i = 0; i < noise.length; i++) {
                noise[i] = interesting();
            }
            noise[0] = '{';
        }
        return noise;
    }

    private byte interesting() {
        return INTERESTING[random.nextInt(INTERESTING.length)];
    }

    private String pick(String[] choices) {
        return choices[random.nextInt(choices.length)];
    }
}
