package io.sluice.auth.oidc;

import io.sluice.auth.token.TokenException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Reads the two PEM forms of a private RSA key: PKCS #8, and PKCS #1 as older versions of OpenSSL write it. */
final class RsaKey {
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN (RSA )?PRIVATE KEY-----([^-]*)-----END (?:RSA )?PRIVATE KEY-----");

    /** What PKCS #8 (RFC 5208) has before the octets of a PKCS #1 key: version 0, and that the algorithm is RSA. */
    private static final byte[] VERSION_AND_ALGORITHM =
            HexFormat.of().parseHex("020100" + "300d06092a864886f70d0101010500");

    private RsaKey() {}

    /** @throws TokenException for another kind of key, and for an encrypted one */
    static RSAPrivateKey parse(String pem) throws TokenException {
        var key = KEY.matcher(pem);
        if (!key.find()) {
            throw new TokenException("oidcClientAssertionKey: client_jwt requires RSA private key");
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(key.group(2));
            byte[] pkcs8 = key.group(1) == null ? der : wrap(der);
            return (RSAPrivateKey) KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new TokenException("oidcClientAssertionKey: client_jwt requires RSA private key");
        }
    }

    private static byte[] wrap(byte[] pkcs1) {
        byte[] octets = tagged(0x04, pkcs1);
        byte[] content = ByteBuffer.allocate(VERSION_AND_ALGORITHM.length + octets.length)
                .put(VERSION_AND_ALGORITHM)
                .put(octets)
                .array();
        return tagged(0x30, content);
    }

    /** In DER, with a length of two bytes: keys from 512 bits to far beyond any that is in use. */
    private static byte[] tagged(int tag, byte[] content) {
        return ByteBuffer.allocate(4 + content.length)
                .put((byte) tag)
                .put((byte) 0x82)
                .putShort((short) content.length)
                .put(content)
                .array();
    }
}
