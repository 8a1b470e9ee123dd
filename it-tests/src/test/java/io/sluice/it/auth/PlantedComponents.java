package io.sluice.it.auth;

import static java.util.stream.Collectors.joining;

import io.sluice.it.auth.LoginFailureBroker.Door;
import io.sluice.it.gateway.Component;
import io.sluice.testing.tls.Identity;
import io.sluice.testing.tls.TestCa;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Component files with a secret in every field that takes one. */
final class PlantedComponents {
    private final PlantedSecrets secrets;
    private final TestCa ca;

    PlantedComponents(PlantedSecrets secrets, TestCa ca) {
        this.secrets = secrets;
        this.ca = ca;
    }

    /** One binding that works, with {@code password}, and others that do not. */
    String[] of(LoginFailureBroker broker, String password) throws IOException {
        Path file = storeFile(new JsonObject()
                .put("right", password)
                .put("wrong", secrets.plant("a wrong password in a secret store"))
                .put("unused", secrets.plant("a secret that nobody asks for"))
                .encode());
        String sasl = broker.address(Door.SASL);
        String mutual = broker.address(Door.MUTUAL_TLS);
        Identity stranger = ca.client("c");
        return new String[] {
            store(file),
            fromStore(scram("works", sasl), "right")
                    .replace("direction\n    value: \"output\"", "direction\n    value: \"input, output\""),
            fromStore(scram("refused", sasl), "wrong"),
            mutual("strange", mutual)
                    .with("clientCert", stranger.certificates())
                    .with("clientKey", secrets.plant("clientKey", stranger))
                    .yaml(),
            ignored(mutual("undecipherable", mutual)
                    .with("clientKey", ca.client("d").encryptedKey("another"))
                    .with("clientKeyPassword", secrets.plant("clientKeyPassword"))),
            ignored(login("oidc", "oidc")
                    .with("oidcTokenEndpoint", "https://127.0.0.1:1/token")
                    .with("oidcClientID", "me")
                    .with("oidcScopes", "kafka")
                    .with("oidcClientSecret", secrets.plant("oidcClientSecret"))),
            ignored(login("assertion", "oidc_private_key_jwt")
                    .with("oidcTokenEndpoint", "https://127.0.0.1:1/token")
                    .with("oidcClientID", "me")
                    .with("oidcScopes", "kafka")
                    .with("oidcClientAssertionCert", ca.client("me").certificates())
                    .with(
                            "oidcClientAssertionKey",
                            secrets.plant(
                                    "oidcClientAssertionKey",
                                    ca.issue("me").rsa().sign()))),
            ignored(login("aws", "awsiam")
                    .with("region", "eu-west-1")
                    .with("accessKey", "AKIA")
                    .with("secretKey", secrets.plant("secretKey"))
                    .with("sessionToken", secrets.plant("sessionToken"))),
            ignored(login("registry", "none")
                    .with("schemaRegistryURL", "http://127.0.0.1:1")
                    .with("schemaRegistryAPIKey", "key")
                    .with("schemaRegistryAPISecret", secrets.plant("schemaRegistryAPISecret"))
                    .with("valueSchemaType", "Avro"))
        };
    }

    static Component login(String name, String authType) {
        return Component.at("127.0.0.1:1", name)
                .with("authType", authType)
                .with("direction", "output")
                .with("publishTopic", "t")
                .with("topics", "t")
                .with("metadataTimeout", "1s");
    }

    private static Component scram(String name, String brokers) {
        return login(name, "password")
                .with("brokers", brokers)
                .with("saslUsername", LoginFailureBroker.NEWCOMER)
                .with("saslMechanism", "SHA-512")
                .with("disableTls", "true");
    }

    private Component mutual(String name, String brokers) {
        return login(name, "mtls")
                .with("brokers", brokers)
                .with("caCert", ca.certificate())
                .with("clientCert", ca.client("c").certificates());
    }

    private static String fromStore(Component component, String key) {
        return component.yaml().replaceFirst("\nspec:", "\nauth:\n  secretStore: vault\nspec:")
                + "  - name: saslPassword\n    secretKeyRef:\n      name: " + key + "\n      key: " + key + "\n";
    }

    /** A component that need not load: not every version can log in in every way. */
    private static String ignored(Component component) {
        return component.yaml().replace("  initTimeout: 2s\n", "  initTimeout: 1s\n  ignoreErrors: true\n");
    }

    static String store(Path file) {
        return "apiVersion: dapr.io/v1alpha1\nkind: Component\nmetadata:\n  name: vault\nspec:\n"
                + "  type: secretstores.local.file\n  version: v1\n  metadata:\n  - name: secretsFile\n    value: "
                + quoted(file.toAbsolutePath().toString()) + "\n";
    }

    static Path storeFile(String json) throws IOException {
        Path file = Files.createTempFile(Files.createDirectories(Path.of("target", "secrets")), "store-", ".json");
        return Files.writeString(file, json);
    }

    static String quoted(String text) {
        return "\""
                + text.chars()
                        .mapToObj(c -> c == '"' || c == '\\' ? "\\" + (char) c : String.valueOf((char) c))
                        .collect(joining())
                + "\"";
    }
}
