package io.sluice.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.auth.access.ClientCertificates;
import io.sluice.testing.tls.Identity;
import io.sluice.testing.tls.TestCa;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may call, as it is configured. */
class EntranceTest {
    private static final TestCa CA = TestCa.create();
    private static final Identity SERVER = CA.server();
    private static final String ISSUER = "--oidc-issuer=https://login.example.com/shop";
    private static final Path GUIDE = Path.of("..", "docs", "front-door.md");

    @TempDir
    private Path folder;

    @BeforeEach
    void writeFiles() throws IOException {
        Files.writeString(file("tls.crt"), SERVER.certificates());
        Files.writeString(file("tls.key"), SERVER.key());
        Files.writeString(file("clients.crt"), CA.certificate());
    }

    @Test
    void everyBlockOfTheGuideIsAConfigurationThatWorks() throws IOException {
        var blocks = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(GUIDE))
                .results()
                .map(match -> match.group(1))
                .toList();

        assertThat(blocks).hasSizeGreaterThan(3).allSatisfy(block -> assertThat(
                        read(Map.of(), config(block.replace("/etc/sluice", folder.toString()))))
                .as(block)
                .isInstanceOf(Invocation.Run.class));
    }

    @Test
    void theListenersGetTheirFiles() {
        var entrance = settings(cert(), key(), "--tls-client-ca=" + file("clients.crt"), "--tls-client-auth=OPTIONAL")
                .entrance();

        var tls = Objects.requireNonNull(entrance.tls());
        assertThat(tls.certificate()).isEqualTo(file("tls.crt"));
        assertThat(tls.key()).isEqualTo(file("tls.key"));
        assertThat(tls.clientCa()).isEqualTo(file("clients.crt"));
        assertThat(tls.clientRequired()).isFalse();
        assertThat(entrance.access().certificates()).isEqualTo(ClientCertificates.OPTIONAL);
    }

    @Test
    void clientsThatAreAskedForACertificateNeedOneUnlessTold() {
        var entrance = settings(cert(), key(), "--tls-client-ca=" + file("clients.crt"))
                .entrance();

        assertThat(entrance.access().certificates()).isEqualTo(ClientCertificates.REQUIRED);
        assertThat(settings(cert(), key()).entrance().access().certificates()).isEqualTo(ClientCertificates.NONE);
    }

    @Test
    void anEncryptedKeyIsReadWithItsPassword() throws IOException {
        Files.writeString(file("tls.key"), SERVER.encryptedKey("open sesame"));
        Files.writeString(file("password"), "open sesame\n");

        assertThat(settings(cert(), key(), "--tls-key-password-file=" + file("password"))
                        .entrance()
                        .tls())
                .isNotNull();
        assertThat(problems(cert(), key()))
                .containsExactly("--tls-key: " + file("tls.key") + " is encrypted, and there is no password for it");
    }

    @Test
    void aFileThatCannotBeUsedIsNamedWithItsFlag() throws IOException {
        Files.writeString(file("clients.crt"), "nobody");
        assertThat(problems(cert(), key(), "--tls-client-ca=" + file("clients.crt")))
                .containsExactly("--tls-client-ca: " + file("clients.crt") + " holds no certificate");
        assertThat(problems("--tls-cert=" + file("nothing"), key()))
                .containsExactly("--tls-cert: " + file("nothing") + " is no file");
        Files.writeString(file("tls.key"), CA.server().key());
        assertThat(problems(cert(), key()))
                .containsExactly("--tls-key: " + file("tls.key") + " does not fit tls-cert (" + file("tls.crt") + ")");
    }

    @Test
    void whatHasNoEffectAloneIsAProblem() {
        assertThat(problems(cert())).containsExactly("--tls-cert: has no effect without --tls-key");
        assertThat(problems(key(), "--tls-client-auth=optional", "--oidc-audience=sluice"))
                .containsExactly(
                        "--tls-client-auth: has no effect without --tls-client-ca",
                        "--tls-key: has no effect without --tls-cert",
                        "--oidc-audience: has no effect without --oidc-issuer");
        assertThat(problems(cert(), key(), "--tls-client-ca=" + file("clients.crt"), "--tls-client-auth=maybe"))
                .containsExactly("--tls-client-auth: \"maybe\" is not known (required, optional)");
    }

    @Test
    void anIssuerIsReadWithItsAudiences() {
        var oidc = Objects.requireNonNull(settings(
                        ISSUER,
                        "--oidc-audience=sluice,shop",
                        "--oidc-jwks-url=https://keys.example.com/jwks",
                        "--oidc-ca=" + file("clients.crt"))
                .entrance()
                .access()
                .oidc());

        assertThat(oidc.issuer()).isEqualTo("https://login.example.com/shop");
        assertThat(oidc.audiences()).containsExactlyInAnyOrder("sluice", "shop");
        assertThat(oidc.jwksUrl()).isEqualTo("https://keys.example.com/jwks");
        assertThat(oidc.trusted()).isNotNull();
    }

    @Test
    void anIssuerThatCannotBeUsedIsAProblem() {
        assertThat(problems(ISSUER)).singleElement().asString().startsWith("--oidc-audience: missing (");
        for (String url : List.of("login.example.com", "ftp://login.example.com", "https://", "https://a b")) {
            assertThat(problems("--oidc-issuer=" + url, "--oidc-audience=x"))
                    .as(url)
                    .singleElement()
                    .asString()
                    .startsWith("--oidc-issuer: not the URL of a server");
        }
        assertThat(problems(ISSUER, "--oidc-audience=x", "--oidc-ca=" + file("tls.key")))
                .containsExactly("--oidc-ca: " + file("tls.key") + " holds no PEM certificate");
    }

    @Test
    void everyMistakeInAGrantIsToldWithItsPlace() {
        String config = config("""
                sluice:
                  grants:
                    - {to: anybody, invok: orders}
                    - {to: {subject: checkout}, may: [shut-down]}
                  grant: []
                """);
        String where = config + ": sluice.grants";

        assertThat(((Invocation.Invalid) read(Map.of(), config)).problems())
                .containsExactlyInAnyOrder(
                        where + "[0].invok: unknown key (did you mean invoke?)",
                        where + "[0]: gives nothing (may, invoke, inspect, redeliver)",
                        where + "[1].may: \"shut-down\" is no right (did you mean shutdown?)",
                        config + ": sluice.grant: unknown setting (did you mean grants?)",
                        where + ": a grant to a subject or a claim has no effect without --oidc-issuer");
    }

    @Test
    void aGrantToCallersWhoCannotBeRecognisedIsAProblem() {
        String config = config("""
                sluice:
                  grants:
                    - {to: dapr-api-token, invoke: orders}
                    - {to: {san: "DNS:shop.local"}, invoke: orders}
                """);

        assertThat(((Invocation.Invalid) read(Map.of(), config)).problems())
                .containsExactly(
                        config
                                + ": sluice.grants: a grant to a client certificate has no effect without --tls-client-ca",
                        config + ": sluice.grants: a grant to dapr-api-token has no effect without DAPR_API_TOKEN");
    }

    @Test
    void anAddressThatOthersReachIsWarnedOfUnlessCallersSayWhoTheyAre() {
        String open = "--dapr-listen-addresses=0.0.0.0";
        assertThat(run(open).warnings())
                .singleElement()
                .asString()
                .contains("0.0.0.0", "DAPR_API_TOKEN", "--oidc-issuer", "--tls-client-ca");
        assertThat(run(open, cert(), key()).warnings())
                .as("TLS alone asks nobody")
                .hasSize(1);
        assertThat(run(open, cert(), key(), "--tls-client-ca=" + file("clients.crt"))
                        .warnings())
                .isEmpty();
        assertThat(run(open, ISSUER, "--oidc-audience=sluice").warnings()).isEmpty();
    }

    @Test
    void keysOverPlainHttpAreWarnedOf() {
        assertThat(run("--oidc-issuer=http://192.0.2.1/shop", "--oidc-audience=x")
                        .warnings())
                .singleElement()
                .asString()
                .startsWith("--oidc-issuer: WHOEVER SITS BETWEEN HERE AND 192.0.2.1 ");
        assertThat(run("--oidc-issuer=http://127.0.0.1:1/shop", "--oidc-audience=x")
                        .warnings())
                .isEmpty();
        assertThat(run(ISSUER, "--oidc-audience=x", "--oidc-jwks-url=http://192.0.2.1/keys")
                        .warnings())
                .singleElement()
                .asString()
                .startsWith("--oidc-jwks-url: ");
    }

    private String cert() {
        return "--tls-cert=" + file("tls.crt");
    }

    private String key() {
        return "--tls-key=" + file("tls.key");
    }

    private Path file(String name) {
        return folder.resolve(name);
    }

    private String config(String yaml) {
        try {
            return Files.writeString(file("config.yaml"), yaml).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Invocation read(Map<String, String> environment, String config) {
        return SettingsReader.read(List.of("--app-id=x", "--config", config), environment);
    }

    private static Settings settings(String... args) {
        return run(args).settings();
    }

    private static Invocation.Run run(String... args) {
        return (Invocation.Run) SettingsReader.read(withId(args), Map.of());
    }

    private static List<String> problems(String... args) {
        return ((Invocation.Invalid) SettingsReader.read(withId(args), Map.of())).problems();
    }

    private static List<String> withId(String... args) {
        return Stream.concat(Stream.of("--app-id=x"), Stream.of(args)).toList();
    }
}
