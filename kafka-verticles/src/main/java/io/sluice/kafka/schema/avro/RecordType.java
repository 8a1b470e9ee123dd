package io.sluice.kafka.schema.avro;

import com.fasterxml.jackson.core.JsonGenerator;
import io.sluice.kafka.schema.avro.JsonValue.Members;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.io.BinaryDecoder;
import org.jspecify.annotations.Nullable;

/** A record. Its fields may come in any order and under an alias, and be missing when they have a default. */
final class RecordType implements AvroType {
    private final String name;
    private final Map<String, Integer> places = new HashMap<>();
    private final Set<String> aliases = new HashSet<>();
    private List<RecordField> fields = List.of();

    RecordType(String fullName) {
        this.name = "record " + Names.printable(fullName);
    }

    /**
     * Completes it, once, before it is used: a record may hold itself.
     *
     * @param aliases further names, each with the place of its field; a field's own name is stronger
     */
    void define(List<RecordField> fields, Map<String, Integer> aliases) {
        this.fields = List.copyOf(fields);
        places.putAll(aliases);
        this.aliases.addAll(aliases.keySet());
        for (int i = 0; i < fields.size(); i++) {
            places.put(fields.get(i).name(), i);
            this.aliases.remove(fields.get(i).name());
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean takes(Shape shape) {
        return shape == Shape.OBJECT;
    }

    @Override
    public Fit fit(JsonValue value, Choices choices) {
        @Nullable JsonValue[] placed;
        try {
            placed = place(value);
        } catch (AvroMismatch e) {
            return Fit.NONE;
        }
        Fit fit = ((Members) value).names().stream().noneMatch(aliases::contains) ? Fit.EXACT : Fit.CONVERTED;
        for (int i = 0; i < placed.length && !fit.isNone(); i++) {
            fit = fit.and(fit(fields.get(i), placed[i], choices));
        }
        return fit;
    }

    private static Fit fit(RecordField field, @Nullable JsonValue value, Choices choices) {
        if (value == null) {
            return field.byDefault() == null ? Fit.NONE : Fit.CONVERTED;
        }
        return field.type().fit(value, choices);
    }

    @Override
    public void write(JsonValue value, AvroOutput out) throws AvroMismatch {
        @Nullable JsonValue[] placed = place(value);
        out.enter();
        for (int i = 0; i < placed.length; i++) {
            fields.get(i).write(placed[i], out);
        }
        out.leave();
    }

    /** The values in the order of the fields; null for the missing. */
    private @Nullable JsonValue[] place(JsonValue value) throws AvroMismatch {
        if (!(value instanceof Members members)) {
            throw mismatch(value);
        }
        var placed = new @Nullable JsonValue[fields.size()];
        for (int i = 0; i < members.names().size(); i++) {
            String member = members.names().get(i);
            int place = placeOf(member, i);
            if (placed[place] != null) {
                throw new AvroMismatch(
                        "the field " + Names.quoted(fields.get(place).name()) + " of " + name + " is there twice");
            }
            placed[place] = members.values().get(i);
        }
        return placed;
    }

    /**
     * @param guess where it is if the members come in the order of the fields
     */
    private int placeOf(String member, int guess) throws AvroMismatch {
        if (guess < fields.size() && fields.get(guess).name().equals(member)) {
            return guess;
        }
        Integer place = places.get(member);
        if (place == null) {
            throw new AvroMismatch(name + " has no field " + Names.quoted(member));
        }
        return place;
    }

    @Override
    public void read(BinaryDecoder in, JsonGenerator out) throws IOException, AvroMismatch {
        out.writeStartObject();
        for (RecordField field : fields) {
            out.writeFieldName(field.json());
            field.type().read(in, out);
        }
        out.writeEndObject();
    }
}
