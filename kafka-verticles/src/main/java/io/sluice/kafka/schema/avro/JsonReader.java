package io.sluice.kafka.schema.avro;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.sluice.kafka.schema.avro.JsonValue.Bool;
import io.sluice.kafka.schema.avro.JsonValue.Items;
import io.sluice.kafka.schema.avro.JsonValue.Members;
import io.sluice.kafka.schema.avro.JsonValue.Nothing;
import io.sluice.kafka.schema.avro.JsonValue.Numeral;
import io.sluice.kafka.schema.avro.JsonValue.Text;
import io.sluice.kafka.schema.avro.JsonValue.Whole;
import java.io.IOException;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** Reads one JSON value. Its recursion is bounded by the parser's limit of levels. */
final class JsonReader {
    private final JsonParser parser;

    private JsonReader(JsonParser parser) {
        this.parser = parser;
    }

    /**
     * @param json UTF-8
     * @throws AvroMismatch when this is not exactly one JSON value, or one beyond a limit
     */
    static JsonValue read(byte[] json) throws AvroMismatch {
        try (JsonParser parser = JsonLimits.FACTORY.createParser(json)) {
            JsonValue value = new JsonReader(parser).value(parser.nextToken());
            if (parser.nextToken() != null) {
                throw new AvroMismatch("not JSON: more follows after the value");
            }
            return value;
        } catch (StreamConstraintsException e) {
            throw new AvroMismatch("JSON beyond a limit: " + e.getOriginalMessage());
        } catch (JsonProcessingException e) {
            // Jackson's own message repeats pieces of the text.
            throw new AvroMismatch(
                    "not JSON: malformed at byte " + e.getLocation().getByteOffset());
        } catch (IOException e) {
            throw new AvroMismatch("not JSON: not UTF-8");
        }
    }

    private JsonValue value(@Nullable JsonToken token) throws IOException, AvroMismatch {
        if (token == null) {
            throw new AvroMismatch("not JSON: there is no value");
        }
        return switch (token) {
            case START_OBJECT -> members();
            case START_ARRAY -> items();
            case VALUE_STRING -> new Text(parser.getText());
            case VALUE_NUMBER_INT -> whole();
            case VALUE_NUMBER_FLOAT -> new Numeral(parser.getText());
            case VALUE_TRUE -> new Bool(true);
            case VALUE_FALSE -> new Bool(false);
            case VALUE_NULL -> Nothing.NULL;
            default -> throw new AvroMismatch("not JSON: there is no value");
        };
    }

    private JsonValue whole() throws IOException {
        if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            return new Numeral(parser.getText());
        }
        long value = parser.getLongValue();
        // Floating point knows a negative zero.
        return value == 0 && parser.getTextLength() > 1 ? new Numeral(parser.getText()) : new Whole(value);
    }

    private JsonValue items() throws IOException, AvroMismatch {
        var values = new ArrayList<JsonValue>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            values.add(value(token));
        }
        return new Items(values);
    }

    private JsonValue members() throws IOException, AvroMismatch {
        var names = new ArrayList<String>();
        var values = new ArrayList<JsonValue>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            names.add(parser.currentName());
            values.add(value(parser.nextToken()));
        }
        return new Members(names, values);
    }
}
