package io.sluice.core.component;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.binding.AuthSettings;
import io.sluice.core.binding.KafkaBinding;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every component file in {@code docs/security.md} and {@code examples/security} is right as it stands; only the folder
 * {@code /etc/sluice} is another one, with certificates, keys and secrets made for the files that name them.
 */
class SecurityExamplesTest {
    private static final Path PAGE = Path.of("..", "docs", "security.md");
    private static final Path EXAMPLES = Path.of("..", "examples", "security");
    private static final String FOLDER = "/etc/sluice";

    private static final Pattern BLOCK = Pattern.compile("^```yaml\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern PEM_FILE = Pattern.compile(FOLDER + "/[-./a-z]+\\.(?:pem|crt|key)");
    private static final Pattern SECRET =
            Pattern.compile("secretKeyRef:\\s*\\{?\\s*name: (\\w+),?\\s+key: (\\w+)", Pattern.MULTILINE);

    @TempDir
    private Path etc;

    static List<String> files() throws IOException {
        var files = new ArrayList<>(blocks());
        try (Stream<Path> examples = Files.list(EXAMPLES)) {
            for (Path example : examples.sorted().toList()) {
                files.add(Files.readString(example));
            }
        }
        return files;
    }

    @ParameterizedTest
    @MethodSource("files")
    void theFileIsRightAndEveryFieldOfItIsUsed(String yaml) throws IOException {
        LoadResult result = load(yaml);

        assertThat(result.problems()).isEmpty();
        assertThat(result.warnings()).noneMatch(line -> line.contains("unknown field") || line.contains("is not used"));
        assertThat(result.bindings()).hasSize(yaml.contains("bindings.kafka") ? 1 : 0);
    }

    @Test
    void everyWayToLogInHasAFileOnThePage() throws IOException {
        var shown = new ArrayList<AuthSettings>();
        for (String block : blocks()) {
            load(block).bindings().stream().map(KafkaBinding::auth).forEach(shown::add);
        }

        assertThat(shown.stream().map(Object::getClass).collect(toSet()))
                .isEqualTo(Set.of(AuthSettings.class.getPermittedSubclasses()));
        assertThat(shown.stream()
                        .filter(AuthSettings.Password.class::isInstance)
                        .map(auth -> ((AuthSettings.Password) auth).mechanism())
                        .collect(toSet()))
                .containsExactlyInAnyOrder(AuthSettings.SaslMechanism.values());
    }

    private static List<String> blocks() throws IOException {
        return BLOCK.matcher(Files.readString(PAGE))
                .results()
                .map(block -> block.group(1))
                .toList();
    }

    private LoadResult load(String yaml) throws IOException {
        makePemFiles(yaml);
        makeSecrets(yaml);
        String store = yaml.contains("name: secrets\n") ? "" : Files.readString(EXAMPLES.resolve("secrets.yaml"));
        return new Loading(etc.resolve("components"))
                .file("k.yaml", yaml.replace(FOLDER, etc.toString()))
                .file("store.yaml", store.replace(FOLDER, etc.toString()))
                .load();
    }

    private void makePemFiles(String yaml) throws IOException {
        for (String name :
                PEM_FILE.matcher(yaml).results().map(MatchResult::group).toList()) {
            write(etc.resolve(name.substring(FOLDER.length() + 1)), pem(name).text());
        }
    }

    private static Pem pem(String file) {
        if (file.endsWith("-encrypted-key.pem")) {
            return Pem.ENCRYPTED_KEY;
        }
        return file.endsWith("-key.pem") || file.endsWith(".key") ? Pem.KEY : Pem.CERTIFICATE;
    }

    /** Both for the store of a file and for that of a folder. */
    private void makeSecrets(String yaml) throws IOException {
        var secrets = new JsonObject();
        for (MatchResult reference : SECRET.matcher(yaml).results().toList()) {
            String secret = reference.group(1);
            String key = reference.group(2);
            JsonObject keys = secrets.getJsonObject(secret, new JsonObject());
            // What opens the encrypted key.
            secrets.put(secret, keys.put(key, "changeit"));
            write(etc.resolve("secrets").resolve(secret).resolve(key), "changeit");
        }
        write(etc.resolve("secrets.json"), secrets.encode());
        Files.createDirectories(etc.resolve("secrets"));
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
