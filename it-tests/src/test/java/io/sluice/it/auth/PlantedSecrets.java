package io.sluice.it.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.testing.tls.Identity;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Texts that no output may contain, in no form. Each consists of characters that mean something to somebody (JSON, URLs,
 * JAAS) around a core of letters and digits that JSON, URLs and JAAS leave as it is.
 */
final class PlantedSecrets {
    private final Map<String, String> cores = new LinkedHashMap<>();

    /** A new secret; {@code name} says whose. */
    String plant(String name) {
        String core = "planted" + new BigInteger(80, new SecureRandom()).toString(36);
        cores.put(name, core);
        return "%\"" + core + "\\;' +&";
    }

    /** A private key as a PEM text: a line from the middle of it is the secret. */
    String plant(String name, Identity identity) {
        String pem = identity.key();
        cores.put(name, pem.lines().skip(2).findFirst().orElseThrow());
        return pem;
    }

    /** Which secrets are in {@code output}, and how. */
    Map<String, String> foundIn(String output) {
        var found = new LinkedHashMap<String, String>();
        cores.forEach((name, core) -> forms(core).forEach((form, text) -> {
            if (output.contains(text)) {
                found.put(name, form);
            }
        }));
        return found;
    }

    private static Map<String, String> forms(String core) {
        byte[] bytes = core.getBytes(UTF_8);
        var forms = new LinkedHashMap<String, String>();
        forms.put("as it is", core);
        forms.put("as hexadecimal digits", HexFormat.of().formatHex(bytes));
        String numbers = Arrays.toString(bytes);
        forms.put("as an array of bytes", numbers.substring(1, numbers.length() - 1));
        for (int before = 0; before < 3; before++) {
            forms.put("in Base64 after " + before + " bytes", base64(bytes, before));
        }
        return forms;
    }

    /** What the bytes look like within a longer Base64 text: three characters each side depend on their neighbours. */
    private static String base64(byte[] bytes, int before) {
        byte[] shifted = new byte[before + bytes.length];
        System.arraycopy(bytes, 0, shifted, before, bytes.length);
        String text = Base64.getEncoder().withoutPadding().encodeToString(shifted);
        return text.substring(4, text.length() - 4);
    }
}
