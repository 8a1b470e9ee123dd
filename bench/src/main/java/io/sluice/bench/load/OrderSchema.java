package io.sluice.bench.load;

/** The Avro schema of what {@link RequestTemplate} sends. */
public final class OrderSchema {
    /** Its number in every registry. */
    public static final int ID = 1;

    public static final String TEXT = """
            {"type":"record","name":"Order","namespace":"bench","fields":[
              {"name":"id","type":"long"},
              {"name":"customer","type":"string"},
              {"name":"status","type":"string"},
              {"name":"amount","type":"double"},
              {"name":"currency","type":"string"},
              {"name":"lines","type":{"type":"array","items":{"type":"record","name":"Line","fields":[
                {"name":"sku","type":"string"},
                {"name":"count","type":"int"}]}}},
              {"name":"note","type":"string"}]}""";

    private OrderSchema() {}
}
