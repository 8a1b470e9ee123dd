package io.sluice.auth.tls;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One block of a PEM text (RFC 7468).
 *
 * @param label as in {@code BEGIN label}
 * @param body what stands between the lines with the label
 */
record PemBlock(String label, String body) {
    private static final String BEGIN = "-----BEGIN ";
    private static final Pattern BLOCK =
            Pattern.compile(BEGIN + "([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);

    /** All blocks of a text, in its order; what stands between them is skipped. */
    static List<PemBlock> of(PemText pem) {
        var blocks = new ArrayList<PemBlock>();
        int begun = pem.text().split(BEGIN, -1).length - 1;
        var found = BLOCK.matcher(pem.text());
        while (found.find()) {
            blocks.add(new PemBlock(found.group(1), found.group(2)));
        }
        if (blocks.size() < begun) {
            throw new PemException(pem.source(), "is cut off: a PEM block has no end");
        }
        return blocks;
    }

    /** Whether it is encrypted in the way of OpenSSL before PKCS #8 (RFC 1421). */
    boolean hasHeaders() {
        return body.contains(":");
    }

    byte[] der(PemText pem) {
        try {
            return Base64.getDecoder().decode(body.replaceAll("\\s", ""));
        } catch (IllegalArgumentException e) {
            throw new PemException(pem.source(), "is damaged: a PEM block is not Base64");
        }
    }
}
