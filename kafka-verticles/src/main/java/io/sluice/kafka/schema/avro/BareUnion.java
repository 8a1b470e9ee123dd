package io.sluice.kafka.schema.avro;

import com.fasterxml.jackson.core.JsonGenerator;
import io.sluice.kafka.schema.avro.Choices.Choice;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.avro.io.BinaryDecoder;

/**
 * A union whose values do not say which branch they are of.
 *
 * <p>The rule: the first branch of the schema from which the value would be read back as it is; if there is none, the one
 * that loses least, see {@link Fit}. So {@code 1} is the int of {@code ["int","double"]} and {@code 1.0} the double, and
 * {@code "2026-01-01"} is the string of {@code ["date","string"]}, but the date of {@code ["null","date"]}. Dapr's library
 * tries the branches for numbers and objects in the order of their names, and takes what parses: {@code double} for both.
 */
final class BareUnion implements AvroType {
    private static final Choice NONE = new Choice(-1, Fit.NONE);

    private final List<AvroType> branches;
    private final Map<Shape, List<Integer>> byShape = new EnumMap<>(Shape.class);

    BareUnion(List<AvroType> branches) {
        this.branches = List.copyOf(branches);
        for (Shape shape : Shape.values()) {
            byShape.put(shape, branchesFor(shape));
        }
    }

    private List<Integer> branchesFor(Shape shape) {
        return IntStream.range(0, branches.size())
                .filter(i -> branches.get(i).takes(shape))
                .boxed()
                .toList();
    }

    @Override
    public String name() {
        return Names.oneOf(branches.stream().map(AvroType::name), branches.size());
    }

    @Override
    public boolean takes(Shape shape) {
        return !candidates(shape).isEmpty();
    }

    @Override
    public Fit fit(JsonValue value, Choices choices) {
        return choices.of(this, value).fit();
    }

    @Override
    public void write(JsonValue value, AvroOutput out) throws AvroMismatch {
        List<Integer> candidates = candidates(value.shape());
        // With one candidate, its own complaint says more than that nothing fits.
        int branch = candidates.size() == 1 ? candidates.get(0) : best(value, out.choices());
        out.writeLong(branch);
        branches.get(branch).write(value, out);
    }

    private int best(JsonValue value, Choices choices) throws AvroMismatch {
        Choice choice = choices.of(this, value);
        if (choice.fit().isNone()) {
            throw mismatch(value);
        }
        return choice.branch();
    }

    /** For {@link Choices}, which remembers it. */
    Choice choose(JsonValue value, Choices choices) {
        Choice best = NONE;
        for (int branch : candidates(value.shape())) {
            Fit fit = branches.get(branch).fit(value, choices);
            if (fit.isExact()) {
                return new Choice(branch, fit);
            }
            if (fit.isBetterThan(best.fit())) {
                best = new Choice(branch, fit);
            }
        }
        return best;
    }

    @Override
    public void read(BinaryDecoder in, JsonGenerator out) throws IOException, AvroMismatch {
        int branch = in.readIndex();
        if (branch < 0 || branch >= branches.size()) {
            throw new AvroMismatch("malformed Avro data: a union of " + branches.size() + " has no branch " + branch);
        }
        branches.get(branch).read(in, out);
    }

    private List<Integer> candidates(Shape shape) {
        return byShape.getOrDefault(shape, List.of());
    }
}
