package io.sluice.it.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A URL with a signature, checked as AWS's servers check it: written from AWS's description of Signature Version 4, without
 * any of AWS's code.
 *
 * @param parameters decoded, in the order of their names
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html">AWS</a>
 */
record PresignedUrl(String host, String path, Map<String, String> parameters) {
    /** The SHA-256 of nothing: of a request without a body. */
    static final String NO_BODY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private static final String SIGNATURE = "X-Amz-Signature";

    static PresignedUrl of(String url) {
        URI uri = URI.create(url);
        Map<String, String> parameters = new TreeMap<>();
        for (String parameter : uri.getRawQuery().split("&")) {
            String[] parts = parameter.split("=", 2);
            // In a URL of AWS a plus sign is a plus sign, and a blank is %20.
            parameters.put(decode(parts[0]), decode(parts[1]));
        }
        return new PresignedUrl(uri.getHost(), uri.getRawPath(), parameters);
    }

    @Nullable
    String parameter(String name) {
        return parameters.get(name);
    }

    /** The parts of the credential: access key, day, region, service, {@code aws4_request}. */
    String[] credential() {
        return parameters.getOrDefault("X-Amz-Credential", "").split("/");
    }

    /**
     * Whether who signed has this secret key.
     *
     * @param bodyHash what stands for the body in what is signed
     * @param unsigned parameters that were added after signing
     */
    boolean isSignedWith(String secretKey, String bodyHash, Set<String> unsigned) {
        String signature = parameters.getOrDefault(SIGNATURE, "");
        return MessageDigest.isEqual(
                signature.getBytes(UTF_8),
                signature(secretKey, bodyHash, unsigned).getBytes(UTF_8));
    }

    private String signature(String secretKey, String bodyHash, Set<String> unsigned) {
        String[] scope = credential();
        byte[] key = ("AWS4" + secretKey).getBytes(UTF_8);
        for (int i = 1; i < scope.length; i++) {
            key = hmac(key, scope[i]);
        }
        return hex(hmac(key, toSign(bodyHash, unsigned)));
    }

    private String toSign(String bodyHash, Set<String> unsigned) {
        String query = parameters.entrySet().stream()
                .filter(parameter -> !parameter.getKey().equals(SIGNATURE) && !unsigned.contains(parameter.getKey()))
                .map(parameter -> encode(parameter.getKey()) + "=" + encode(parameter.getValue()))
                .collect(joining("&"));
        String request = String.join("\n", "GET", path, query, "host:" + host, "", "host", bodyHash);
        String scope = parameters.getOrDefault("X-Amz-Credential", "").replaceFirst("^[^/]*/", "");
        return String.join("\n", "AWS4-HMAC-SHA256", parameters.get("X-Amz-Date"), scope, hex(sha256(request)));
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
    }

    /** Everything but letters, digits, hyphen, underscore, dot and tilde. */
    private static String encode(String text) {
        return URLEncoder.encode(text, UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }
}
