package io.sluice.auth.tls;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The little of ASN.1's DER that puts a private key of the traditional forms, which Java does not read, into PKCS #8 (RFC
 * 5208), which it does.
 *
 * <pre>
 * PKCS #8   SEQUENCE { INTEGER 0, SEQUENCE { algorithm, parameters }, OCTET STRING { the traditional key } }
 * PKCS #1   the traditional RSA key (RFC 8017); its algorithm has the parameters NULL
 * SEC 1     the traditional EC key (RFC 5915): SEQUENCE { INTEGER 1, OCTET STRING, [0] { curve }, … }
 * </pre>
 */
final class Der {
    private static final int OCTET_STRING = 0x04;
    private static final int SEQUENCE = 0x30;
    private static final int CURVE = 0xA0;

    private static final byte[] VERSION_0 = HexFormat.of().parseHex("020100");
    /** 1.2.840.113549.1.1.1 and NULL. */
    private static final byte[] RSA = HexFormat.of().parseHex("06092a864886f70d0101010500");
    /** 1.2.840.10045.2.1. */
    private static final byte[] EC = HexFormat.of().parseHex("06072a8648ce3d0201");

    private Der() {}

    static byte[] pkcs8OfRsa(byte[] pkcs1) {
        return pkcs8(value(SEQUENCE, RSA), pkcs1);
    }

    /** @return null when the key does not say which curve it is on */
    static byte @Nullable [] pkcs8OfEc(byte[] sec1) {
        byte[] curve = curve(sec1);
        return curve == null ? null : pkcs8(value(SEQUENCE, EC, curve), sec1);
    }

    private static byte[] pkcs8(byte[] algorithm, byte[] key) {
        return value(SEQUENCE, VERSION_0, algorithm, value(OCTET_STRING, key));
    }

    private static byte @Nullable [] curve(byte[] sec1) {
        try {
            ByteBuffer key = ByteBuffer.wrap(sec1);
            if (tag(key) != SEQUENCE) {
                return null;
            }
            length(key);
            while (key.hasRemaining()) {
                int tag = tag(key);
                byte[] content = new byte[length(key)];
                key.get(content);
                if (tag == CURVE) {
                    return content;
                }
            }
            return null;
        } catch (BufferUnderflowException | NegativeArraySizeException e) {
            return null;
        }
    }

    private static int tag(ByteBuffer der) {
        return der.get() & 0xFF;
    }

    private static int length(ByteBuffer der) {
        int first = der.get() & 0xFF;
        if (first < 0x80) {
            return first;
        }
        int length = 0;
        for (int i = 0; i < (first & 0x7F); i++) {
            length = length << 8 | der.get() & 0xFF;
        }
        if (length > der.remaining()) {
            throw new BufferUnderflowException();
        }
        return length;
    }

    private static byte[] value(int tag, byte[]... contents) {
        int length =
                List.of(contents).stream().mapToInt(content -> content.length).sum();
        var der = new ByteArrayOutputStream(length + 6);
        der.write(tag);
        if (length >= 0x80) {
            int bytes = (Integer.SIZE - Integer.numberOfLeadingZeros(length) + 7) / 8;
            der.write(0x80 | bytes);
            for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8) {
                der.write(length >> shift);
            }
        } else {
            der.write(length);
        }
        for (byte[] content : contents) {
            der.writeBytes(content);
        }
        return der.toByteArray();
    }
}
