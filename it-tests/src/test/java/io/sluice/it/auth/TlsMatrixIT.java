package io.sluice.it.auth;

import static io.sluice.it.auth.RoundTrip.eventually;

import io.sluice.it.gateway.Component;
import io.sluice.it.gateway.TestGateway;
import io.sluice.testing.tls.Identity;
import io.sluice.testing.tls.TestCa;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way to a broker that speaks TLS: what is produced that way is consumed that way. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TlsMatrixIT {
    private static final String USER = "user";
    private static final String PASSWORD = "pass\"word' \\;=ü";
    private static final String TRUST_STORE = "javax.net.ssl.trustStore";
    private static final String TRUST_STORE_PASSWORD = "javax.net.ssl.trustStorePassword";

    private final TestCa ca = TestCa.create();
    private final TestCa clientCa = TestCa.create();
    private final Map<String, Component> bindings = new LinkedHashMap<>();
    private SecureKafka kafka;
    private RoundTrip trip;

    @BeforeAll
    void start() throws Exception {
        trustAsSystem(ca);
        Identity server = ca.server();
        kafka = SecureKafka.start(
                Door.tls("TLS", ca.intermediate().server()),
                Door.mutualTls("MTLS", server, clientCa.certificate()),
                Door.saslTls("SASL", server).forPasswords(Map.of(USER, PASSWORD)));
        kafka.addScramUser(USER, PASSWORD);
        addEncrypted();
        addMutual();
        addPasswords();
        addLegacy();
        trip = new RoundTrip(List.copyOf(bindings.values()));
    }

    @AfterAll
    void stop() {
        System.clearProperty(TRUST_STORE);
        System.clearProperty(TRUST_STORE_PASSWORD);
        if (trip != null) {
            trip.close();
        }
        kafka.close();
    }

    @ParameterizedTest
    @MethodSource("names")
    void isProducedAndConsumed(String binding) {
        trip.assertStored(binding);

        eventually().until(() -> trip.deliveries(binding).equals(List.of("\"" + binding + "\"")));
    }

    private Set<String> names() {
        return bindings.keySet();
    }

    private void addEncrypted() {
        add("certificate", "TLS", Map.of("authType", "certificate", "caCert", ca.certificate()));
        String several = Stream.of(TestCa.create(), TestCa.create(), ca)
                .map(TestCa::certificate)
                .collect(Collectors.joining("# the next one\n"));
        add("several-roots", "TLS", Map.of("authType", "certificate", "caCert", file("roots.pem", several)));
        add("nobody-verified", "TLS", Map.of("authType", "certificate", "caCert", foreign(), "skipVerify", "true"));
        Map<String, String> off = Map.of("authType", "certificate", "caCert", foreign(), "disableTls", "true");
        put(Component.at(kafka.plain().bootstrapServers(), "tls-disabled"), off);
    }

    private void addMutual() {
        Identity ec = clientCa.client("ec");
        Identity rsa = clientCa.issue("rsa").rsa().sign();
        Identity deep = clientCa.intermediate().client("deep");
        add("mtls-text", "MTLS", mutual(ec, ec.key()));
        add("mtls-files", "MTLS", mutual(file("rsa.crt", rsa.certificates()), file("rsa.key", rsa.key())));
        add("mtls-traditional-ec", "MTLS", mutual(ec, ec.traditionalKey()));
        add("mtls-traditional-rsa", "MTLS", mutual(rsa, rsa.traditionalKey()));
        Map<String, String> encrypted = mutual(rsa, file("encrypted.key", rsa.encryptedKey("change \"it\"")));
        add("mtls-encrypted-key", "MTLS", and(encrypted, "clientKeyPassword", "change \"it\""));
        add("mtls-chain", "MTLS", mutual(deep, deep.key()));
        add("mtls-nobody-verified", "MTLS", and(and(mutual(ec, ec.key()), "caCert", foreign()), "skipVerify", "true"));
        Map<String, String> system = new LinkedHashMap<>(mutual(ec, ec.key()));
        system.remove("caCert");
        add("mtls-roots-of-the-system", "MTLS", system);
    }

    private void addPasswords() {
        for (String mechanism : List.of("PLAINTEXT", "SHA-256", "SHA-512")) {
            Map<String, String> fields = Map.of(
                    "authType", "password",
                    "saslUsername", USER,
                    "saslPassword", PASSWORD,
                    "saslMechanism", mechanism,
                    "caCert", ca.certificate());
            add("password-" + mechanism.toLowerCase(Locale.ROOT), "SASL", fields);
        }
    }

    private void addLegacy() {
        Map<String, String> password = Map.of(
                "authRequired",
                "true",
                "saslUsername",
                USER,
                "saslPassword",
                PASSWORD,
                "saslMechanism",
                "SHA-512",
                "caCert",
                ca.certificate());
        add("legacy-password", "SASL", password);
        Identity client = clientCa.client("legacy");
        Map<String, String> mutual = new LinkedHashMap<>(mutual(client, client.key()));
        mutual.remove("authType");
        add("legacy-mtls", "MTLS", and(mutual, "authRequired", "true"));
    }

    private Map<String, String> mutual(Identity client, String key) {
        return mutual(client.certificates(), key);
    }

    private Map<String, String> mutual(String certificates, String key) {
        return Map.of("authType", "mtls", "caCert", ca.certificate(), "clientCert", certificates, "clientKey", key);
    }

    private static Map<String, String> and(Map<String, String> fields, String field, String value) {
        Map<String, String> more = new LinkedHashMap<>(fields);
        more.put(field, value);
        return more;
    }

    private void add(String name, String door, Map<String, String> fields) {
        put(Component.at(kafka.at(door), name), fields);
    }

    private void put(Component at, Map<String, String> fields) {
        Component binding = RoundTrip.both(at, kafka.plain().newTopic());
        for (Map.Entry<String, String> field : fields.entrySet()) {
            binding = binding.with(field.getKey(), field.getValue());
        }
        bindings.put(binding.name(), binding);
    }

    /** Roots that have signed nothing here. */
    private static String foreign() {
        return TestCa.create().certificate();
    }

    private static String file(String name, String content) {
        return TestGateway.folderWith(Map.of(name, content))
                .resolve(name)
                .toAbsolutePath()
                .toString();
    }

    /** What Java takes for the system's roots. */
    private static void trustAsSystem(TestCa ca) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("root", ca.root());
        Path file = TestGateway.folderWith(Map.of()).resolve("roots.p12").toAbsolutePath();
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, "changeit".toCharArray());
        }
        System.setProperty(TRUST_STORE, file.toString());
        System.setProperty(TRUST_STORE_PASSWORD, "changeit");
    }
}
