package io.sluice.core.component.kafka;

import io.sluice.core.component.field.Field;
import java.util.List;
import java.util.stream.Stream;

/** Every field of {@code bindings.kafka}: what unknown names are compared with and what the reference table shows. */
public final class KafkaFields {
    private static final List<Field<?>> ALL = Stream.of(
                    BindingFields.ALL,
                    ConnectionFields.ALL,
                    AuthFields.ALL,
                    TlsFields.ALL,
                    OidcFields.ALL,
                    AwsFields.ALL,
                    ProducerFields.ALL,
                    ConsumerFields.ALL,
                    BackOffFields.ALL,
                    DeliveryFields.ALL,
                    SchemaFields.ALL)
            .<Field<?>>flatMap(List::stream)
            .toList();

    private KafkaFields() {}

    /** In the order of the reference table. */
    public static List<Field<?>> all() {
        return ALL;
    }
}
