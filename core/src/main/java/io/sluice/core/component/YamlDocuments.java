package io.sluice.core.component;

import io.sluice.core.component.field.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.ComposerException;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * The documents of a YAML file, each parsed by itself, so that a broken one does not hide those after it.
 *
 * <p>Splitting by lines is safe: {@code ---} at the start of a line ends a document whatever it stands in (YAML 1.2.2,
 * 9.1.2).
 */
final class YamlDocuments {
    private static final Pattern SEPARATOR = Pattern.compile("---(\\s.*)?");
    private static final Pattern NOTHING_YET = Pattern.compile("\\s*(#.*)?|%.*");
    private static final LoadSettings SETTINGS =
            LoadSettings.builder().setSchema(new CoreSchema()).build();

    private YamlDocuments() {}

    /** One document's text; {@code linesBefore} it in its file. */
    private record Chunk(int linesBefore, String text) {}

    /** Gives each document to {@code consumer}; broken ones become problems with their line. */
    static void read(String file, String yaml, Problems problems, Consumer<YamlNode> consumer) {
        for (Chunk chunk : split(yaml)) {
            try {
                for (Node node : new Compose(SETTINGS).composeAllFromString(chunk.text())) {
                    consumer.accept(new YamlNode(node, chunk.linesBefore()));
                }
            } catch (MarkedYamlEngineException e) {
                problems.error(file + ": " + line(e, chunk), "is not YAML: " + why(e));
            } catch (YamlEngineException e) {
                // Only marked exceptions have a text of their own without a piece of the file, which may be a secret.
                problems.error(
                        file + ": line " + (chunk.linesBefore() + 1), "the document here cannot be read as YAML");
            }
        }
    }

    private static String line(MarkedYamlEngineException e, Chunk chunk) {
        Optional<Mark> mark = e.getProblemMark().or(e::getContextMark);
        return "line " + (chunk.linesBefore() + mark.map(Mark::getLine).orElse(0) + 1);
    }

    /** The engine's words, without those that name what stands in the file: it may be a secret that lacks quotes. */
    private static String why(MarkedYamlEngineException e) {
        return e instanceof ComposerException
                ? "an alias is not defined (a text that begins with * needs quotes)"
                : e.getProblem().replaceFirst("(?s)(tag handle) .*", "$1 that is not defined");
    }

    private static List<Chunk> split(String yaml) {
        var chunks = new ArrayList<Chunk>();
        var text = new StringBuilder();
        boolean begun = false;
        int start = 0;
        int number = 0;
        for (String line : yaml.split("\r\n|\r|\n", -1)) {
            if (begun && SEPARATOR.matcher(line).matches()) {
                chunks.add(new Chunk(start, text.toString()));
                text.setLength(0);
                start = number;
            }
            // Directives belong to the document after them.
            begun |= !NOTHING_YET.matcher(line).matches();
            text.append(line).append('\n');
            number++;
        }
        chunks.add(new Chunk(start, text.toString()));
        return chunks;
    }
}
