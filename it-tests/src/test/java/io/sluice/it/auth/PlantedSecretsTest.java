package io.sluice.it.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.tls.TestCa;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That the search finds what it is there for. */
class PlantedSecretsTest {
    private final PlantedSecrets secrets = new PlantedSecrets();
    private final String secret = secrets.plant("password");

    @Test
    void aSecretIsFoundInEveryForm() {
        byte[] bytes = secret.getBytes(UTF_8);

        assertFound("password=" + secret);
        assertFound(new JsonObject().put("password", secret).encode());
        assertFound(URLEncoder.encode(secret, UTF_8));
        assertFound(HexFormat.of().formatHex(bytes));
        assertFound("SaslAuthenticateRequestData(authBytes=" + Arrays.toString(bytes) + ")");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "u", "me", "key:", "\0user\0"})
    void aSecretIsFoundInBase64WhateverGoesBefore(String before) {
        assertFound(Base64.getEncoder().encodeToString((before + secret).getBytes(UTF_8)));
        assertFound(Base64.getUrlEncoder().encodeToString((before + secret + "\0").getBytes(UTF_8)));
    }

    @Test
    void aPrivateKeyIsFoundWithoutItsFrame() {
        String pem = secrets.plant("key", TestCa.create().client("c"));

        assertThat(secrets.foundIn(pem.replace("\n", "\\n"))).containsOnlyKeys("key");
    }

    @Test
    void otherTextsAreNone() {
        assertThat(secrets.foundIn("another password; " + new PlantedSecrets().plant("password")))
                .isEmpty();
    }

    private void assertFound(String output) {
        assertThat(secrets.foundIn(output)).containsOnlyKeys("password");
    }
}
