package io.sluice.core.envelope;

/** The members that an envelope may have; any other is checked and ignored. */
enum Member {
    OPERATION("operation"),
    METADATA("metadata"),
    DATA("data"),
    OTHER("");

    private final String lowerCase;

    Member(String lowerCase) {
        this.lowerCase = lowerCase;
    }

    /**
     * The member that the JSON string in {@code from}..{@code end} (with its quotes) names. As in Go, case does not
     * matter; only ASCII is folded, which is no difference here because no other character folds to a letter of these
     * three names in Go.
     */
    static Member named(byte[] body, int from, int end) {
        Member plain = ofLength(end - from - 2);
        if (plain != OTHER && plain.isSpelled(body, from + 1)) {
            return plain;
        }
        for (int i = from + 1; i < end - 1; i++) {
            if (body[i] == '\\') {
                return ofText(StringDecoder.decode(body, from + 1, end - 1));
            }
        }
        return OTHER;
    }

    private static Member ofText(String name) {
        Member member = ofLength(name.length());
        for (int i = 0; i < name.length() && member != OTHER; i++) {
            if ((name.charAt(i) | 0x20) != member.lowerCase.charAt(i)) {
                member = OTHER;
            }
        }
        return member;
    }

    private static Member ofLength(int length) {
        return switch (length) {
            case 4 -> DATA;
            case 8 -> METADATA;
            case 9 -> OPERATION;
            default -> OTHER;
        };
    }

    private boolean isSpelled(byte[] body, int at) {
        for (int i = 0; i < lowerCase.length(); i++) {
            if ((body[at + i] | 0x20) != lowerCase.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
