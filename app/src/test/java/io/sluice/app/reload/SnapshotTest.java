package io.sluice.app.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotTest {
    private static final FileTime THEN = FileTime.fromMillis(1_000_000);

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(folder.resolve("k.yaml"), "one");
        Files.setLastModifiedTime(file, THEN);
    }

    @Test
    void filesThatAreLeftAloneLookTheSame() {
        assertThat(look()).isEqualTo(look());
    }

    @Test
    void aFileThatIsWrittenLooksOtherThanBefore() throws IOException {
        Snapshot before = look();

        Files.writeString(file, "two");

        assertThat(look()).isNotEqualTo(before);
    }

    @Test
    void soDoesAFileThatWasPutInItsPlaceWithItsSizeAndTime() throws IOException {
        Snapshot before = look();
        Path other = Files.writeString(folder.resolve("other"), "two");
        Files.setLastModifiedTime(other, THEN);

        Files.move(other, file, StandardCopyOption.ATOMIC_MOVE);

        assertThat(look()).isNotEqualTo(before);
    }

    @Test
    void soDoesAFolderWithAnotherFile() throws IOException {
        Snapshot before = look();

        Files.writeString(folder.resolve("l.yaml"), "one");

        assertThat(look()).isNotEqualTo(before);
    }

    @Test
    void aFileThatGoesLeavesNothing() throws IOException {
        Files.delete(file);

        assertThat(look().files()).isEmpty();
    }

    @Test
    void aLinkThatIsSwappedOnTheWayToAFileIsSeen() throws IOException {
        Path secret = Files.createDirectories(folder.resolve("secret"));
        mount(secret, "..v1");
        Files.createSymbolicLink(secret.resolve("password"), Path.of("..data", "password"));
        Snapshot before = Snapshot.of(Set.of(secret.resolve("password")));

        mount(secret, "..v2");

        assertThat(before.files()).hasSize(1);
        assertThat(Snapshot.of(Set.of(secret.resolve("password")))).isNotEqualTo(before);
    }

    private Snapshot look() {
        return Snapshot.of(Set.of(folder));
    }

    /** Lets {@code ..data} lead to a folder of that name with a file that looks like all others of its name. */
    private static void mount(Path secret, String version) throws IOException {
        Path target = Files.createDirectories(secret.resolve(version)).resolve("password");
        Files.setLastModifiedTime(Files.writeString(target, "secret"), THEN);
        Path link = Files.createSymbolicLink(secret.resolve("..tmp"), Path.of(version));
        Files.move(link, secret.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
    }
}
