package io.sluice.kafka.schema.avro;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;

/**
 * Schemas as a registry gives them. It is trusted to name types as it likes (names are not held against Avro's grammar,
 * defaults not against their types: others wrote these schemas, and they work for them), but not with the stack: nesting is
 * bounded. No class is loaded for what a schema names.
 */
public final class SchemaText {
    private static final int LONGEST = 300;

    private SchemaText() {}

    /**
     * @param text the schema, JSON
     * @param references the texts of the schemas that it refers to, each after those that it refers to itself
     * @throws InvalidSchemaException when one of them is no schema, or beyond a limit
     */
    public static Schema parse(String text, List<String> references) throws InvalidSchemaException {
        var parser = new Schema.Parser(NameValidator.NO_VALIDATION).setValidateDefaults(false);
        for (String reference : references) {
            parse(parser, reference);
        }
        return parse(parser, text);
    }

    private static Schema parse(Schema.Parser parser, String text) throws InvalidSchemaException {
        try {
            // Avro's parser is recursive; this one knows the limit of levels.
            JsonReader.read(text.getBytes(StandardCharsets.UTF_8));
            return parser.parse(text);
        } catch (AvroMismatch e) {
            throw new InvalidSchemaException("not an Avro schema: " + e.detail());
        } catch (StackOverflowError e) {
            // It recurses along names, too: a chain of records is flat as text.
            throw new InvalidSchemaException("not an Avro schema: nested too deep");
        } catch (RuntimeException e) {
            throw new InvalidSchemaException(
                    "not an Avro schema: " + Names.printable(String.valueOf(e.getMessage()), LONGEST));
        }
    }
}
