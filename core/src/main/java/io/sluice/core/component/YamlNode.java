package io.sluice.core.component;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A piece of a YAML document; {@code linesBefore} its document in the file. */
record YamlNode(Node node, int linesBefore) {
    private static final int MOST_PARTS = 10_000;
    private static final int DEEPEST = 100;
    /** Digits; Go writes larger numbers with an exponent. */
    private static final int LONGEST_WHOLE_NUMBER = 21;

    /** Line in the file, from 1. */
    int line() {
        return linesBefore + node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }

    boolean isMap() {
        return node instanceof MappingNode;
    }

    boolean isList() {
        return node instanceof SequenceNode;
    }

    boolean isNull() {
        return node.getTag().equals(Tag.NULL);
    }

    /** The value of {@code key} in this map; empty too when it is null, or this is no map. */
    Optional<YamlNode> get(String key) {
        return tuples().stream()
                .filter(tuple -> key.equals(keyOf(tuple)))
                .map(tuple -> new YamlNode(tuple.getValueNode(), linesBefore))
                .filter(value -> !value.isNull())
                .findFirst();
    }

    /** The names in this map, in their order, each as often as it is there. */
    List<String> keys() {
        return tuples().stream().map(YamlNode::keyOf).toList();
    }

    List<YamlNode> items() {
        return node instanceof SequenceNode list
                ? list.getValue().stream()
                        .map(item -> new YamlNode(item, linesBefore))
                        .toList()
                : List.of();
    }

    /**
     * The source text of a scalar ({@code 1024} and {@code true} as they stand there), maps and lists as JSON. Only a float
     * that is a whole number loses what hides that ({@code 2048.0} and {@code 2.048e3} are {@code 2048}), as with Dapr.
     */
    String text() {
        if (node instanceof ScalarNode scalar) {
            return scalar.getTag().equals(Tag.FLOAT) ? withoutFraction(scalar.getValue()) : scalar.getValue();
        }
        Object json = json(node, DEEPEST, new int[] {MOST_PARTS});
        return json == null ? "" : json.toString();
    }

    private List<NodeTuple> tuples() {
        return node instanceof MappingNode map ? map.getValue() : List.of();
    }

    private static String keyOf(NodeTuple tuple) {
        return tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    /** {@code budget} ends what anchors can blow up, {@code depth} what they can tie into a ring. */
    private static @Nullable Object json(Node node, int depth, int[] budget) {
        if (--budget[0] < 0 || depth < 0) {
            throw new IllegalArgumentException("larger than " + MOST_PARTS + " values or deeper than " + DEEPEST);
        }
        if (node instanceof MappingNode map) {
            var object = new JsonObject();
            map.getValue().forEach(tuple -> object.put(keyOf(tuple), json(tuple.getValueNode(), depth - 1, budget)));
            return object;
        }
        if (node instanceof SequenceNode list) {
            var items = new ArrayList<@Nullable Object>();
            list.getValue().forEach(item -> items.add(json(item, depth - 1, budget)));
            return new JsonArray(items);
        }
        return node instanceof ScalarNode scalar ? json(scalar) : null;
    }

    private static @Nullable Object json(ScalarNode scalar) {
        Tag tag = scalar.getTag();
        if (tag.equals(Tag.NULL)) {
            return null;
        }
        if (tag.equals(Tag.BOOL)) {
            return Boolean.valueOf(scalar.getValue());
        }
        return tag.equals(Tag.INT) || tag.equals(Tag.FLOAT) ? number(scalar.getValue()) : scalar.getValue();
    }

    private static String withoutFraction(String text) {
        try {
            BigDecimal number = new BigDecimal(text);
            boolean fits = number.precision() - (long) number.scale() <= LONGEST_WHOLE_NUMBER;
            return fits && number.stripTrailingZeros().scale() <= 0
                    ? number.toBigInteger().toString()
                    : text;
        } catch (NumberFormatException e) {
            // .inf and .nan
            return text;
        }
    }

    private static Object number(String text) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            // 0x1f, .inf and the like have no form in JSON.
            return text;
        }
    }
}
