package io.sluice.core.component;

import io.sluice.core.component.field.Problems;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Folders → the component documents in their YAML files; folders in folders are not looked at. */
final class ComponentFiles {
    private static final Logger LOG = LoggerFactory.getLogger(ComponentFiles.class);

    /** The default of {@code --resources-path}: daprd starts without a folder, and so does Sluice, which looks there. */
    private static final Path UNLESS_TOLD = Path.of("./components");

    private ComponentFiles() {}

    /** What stands in the files. */
    record Documents(List<Manifest> manifests, List<OtherDocument> others) {}

    static Documents read(List<Path> folders, Problems problems) {
        var documents = new Documents(new ArrayList<>(), new ArrayList<>());
        for (Path folder : folders) {
            for (Path file : files(folder, problems)) {
                read(file, problems, documents);
            }
        }
        return documents;
    }

    private static List<Path> files(Path folder, Problems problems) {
        if (folder.equals(UNLESS_TOLD) && Files.notExists(folder)) {
            return List.of();
        }
        if (!Files.isDirectory(folder)) {
            problems.error(
                    "--resources-path", "there is no folder \"" + folder + "\" (must be a folder of YAML files)");
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            List<Path> files = entries.filter(Files::isRegularFile).sorted().toList();
            files.stream()
                    .filter(file -> !isYaml(file) && !nameOf(file).startsWith("."))
                    .forEach(file ->
                            problems.warn(file.toString(), "is left out: its name ends neither in .yaml nor .yml"));
            return files.stream().filter(ComponentFiles::isYaml).toList();
        } catch (IOException e) {
            problems.error("--resources-path", "cannot list \"" + folder + "\" (must be a readable folder)");
            return List.of();
        }
    }

    private static boolean isYaml(Path file) {
        String name = nameOf(file).toLowerCase(Locale.ROOT);
        return name.endsWith(".yaml") || name.endsWith(".yml");
    }

    private static String nameOf(Path file) {
        return String.valueOf(file.getFileName());
    }

    private static void read(Path file, Problems problems, Documents documents) {
        String text;
        try {
            text = Files.readString(file, StandardCharsets.UTF_8);
        } catch (CharacterCodingException e) {
            problems.error(file.toString(), "is not UTF-8 text (must be YAML in UTF-8)");
            return;
        } catch (IOException e) {
            problems.error(file.toString(), "cannot be read (must be a readable file)");
            return;
        }
        String withoutMark = text.startsWith("\uFEFF") ? text.substring(1) : text;
        YamlDocuments.read(file.toString(), withoutMark, problems, document -> {
            ManifestReader.read(file.toString(), document)
                    .ifPresentOrElse(documents.manifests()::add, () -> other(file, document, documents));
        });
    }

    private static void other(Path file, YamlNode document, Documents documents) {
        OtherDocument.of(file.toString(), document).ifPresentOrElse(documents.others()::add, () -> LOG.atDebug()
                .addKeyValue("file", file)
                .addKeyValue("line", document.line())
                .log("A document of another program is left out"));
    }
}
