package io.sluice.kafka.schema.avro;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import io.sluice.kafka.schema.avro.JsonValue.Members;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.io.BinaryDecoder;

/**
 * A union in the JSON encoding of Avro's specification: {@code null}, or an object with one member that names the branch.
 *
 * <p>A branch with a logical type is also known by the name that Dapr's library gives it: {@code long.timestamp-millis}.
 */
final class NamedUnion implements AvroType {
    private final List<Branch> branches;
    private final Map<String, Integer> byName = new HashMap<>();

    /**
     * @param label its name by the specification
     * @param alias another name that it is known by
     */
    record Branch(SerializedString label, String alias, AvroType type) {
        boolean isNull() {
            return type.takes(Shape.NULL);
        }

        private String shown() {
            return isNull() ? "null" : "{" + Names.quoted(label.getValue()) + ": ...}";
        }
    }

    NamedUnion(List<Branch> branches) {
        this.branches = List.copyOf(branches);
        for (int i = 0; i < branches.size(); i++) {
            byName.put(branches.get(i).alias(), i);
        }
        for (int i = 0; i < branches.size(); i++) {
            byName.put(branches.get(i).label().getValue(), i);
        }
    }

    @Override
    public String name() {
        return Names.oneOf(branches.stream().map(Branch::shown), branches.size());
    }

    @Override
    public boolean takes(Shape shape) {
        return shape == Shape.OBJECT || shape == Shape.NULL;
    }

    /** Not asked for: no union is directly in another, and in this form no union has to choose. */
    @Override
    public Fit fit(JsonValue value, Choices choices) {
        return Fit.exactIf(takes(value.shape()));
    }

    @Override
    public void write(JsonValue value, AvroOutput out) throws AvroMismatch {
        String label = label(value);
        Integer index = byName.get(label);
        if (index == null || branches.get(index).isNull() != (value.shape() == Shape.NULL)) {
            throw mismatch(value);
        }
        out.writeLong(index);
        if (value instanceof Members wrapped) {
            try {
                branches.get(index).type().write(wrapped.values().get(0), out);
            } catch (AvroMismatch e) {
                throw e.inMember(label);
            }
        }
    }

    private String label(JsonValue value) throws AvroMismatch {
        if (value.shape() == Shape.NULL) {
            return "null";
        }
        if (value instanceof Members members && members.names().size() == 1) {
            return members.names().get(0);
        }
        throw mismatch(value);
    }

    @Override
    public void read(BinaryDecoder in, JsonGenerator out) throws IOException, AvroMismatch {
        int index = in.readIndex();
        if (index < 0 || index >= branches.size()) {
            throw new AvroMismatch("malformed Avro data: a union of " + branches.size() + " has no branch " + index);
        }
        Branch branch = branches.get(index);
        if (branch.isNull()) {
            branch.type().read(in, out);
            return;
        }
        out.writeStartObject();
        out.writeFieldName(branch.label());
        branch.type().read(in, out);
        out.writeEndObject();
    }

    @Override
    public String misfit(Shape shape) {
        return shape == Shape.OBJECT ? "an object that names none of them" : shape.words();
    }
}
