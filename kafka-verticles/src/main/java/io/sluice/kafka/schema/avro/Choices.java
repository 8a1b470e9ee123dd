package io.sluice.kafka.schema.avro;

import java.util.IdentityHashMap;
import java.util.Map;

/**
 * Which branch the arrays and objects of one call belong to, once it is known. Without it, unions within unions would be
 * tried again for every branch around them: exponential work.
 */
final class Choices {
    private final Map<JsonValue, Map<BareUnion, Choice>> known = new IdentityHashMap<>();

    /**
     * A branch of a union.
     *
     * @param branch its index; of no meaning when nothing fits
     */
    record Choice(int branch, Fit fit) {}

    Choice of(BareUnion union, JsonValue value) {
        if (value.shape() != Shape.ARRAY && value.shape() != Shape.OBJECT) {
            return union.choose(value, this);
        }
        Map<BareUnion, Choice> ofValue = known.computeIfAbsent(value, v -> new IdentityHashMap<>(2));
        Choice choice = ofValue.get(union);
        if (choice == null) {
            choice = union.choose(value, this);
            ofValue.put(union, choice);
        }
        return choice;
    }
}
