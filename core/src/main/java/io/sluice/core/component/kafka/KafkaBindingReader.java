package io.sluice.core.component.kafka;

import io.sluice.core.binding.KafkaBinding;
import io.sluice.core.component.field.Fields;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Fields of a component → {@link KafkaBinding}, with every default and every rule between fields. */
public final class KafkaBindingReader {
    private KafkaBindingReader() {}

    /**
     * What a component says outside of its fields.
     *
     * @param appId the default consumer group
     */
    public record Header(String name, String version, Duration initTimeout, boolean ignoreErrors, String appId) {}

    /**
     * The binding; of use only if the problems that {@code fields} collects hold no error, because values stand in for
     * those that are wrong or missing. Reads the files that PEM fields name.
     */
    public static KafkaBinding read(Header header, Fields fields) {
        fields.warnOfNames(KafkaFields.all());
        List<String> topics = fields.valueOr(BindingFields.TOPICS, List.of());
        var binding = new KafkaBinding(
                header.name(),
                header.version(),
                fields.valueOr(BindingFields.DIRECTION, Set.of()),
                topics,
                fields.optional(BindingFields.PUBLISH_TOPIC),
                BindingFields.route(fields, header.name()),
                header.initTimeout(),
                header.ignoreErrors(),
                ConnectionFields.read(fields),
                AuthFields.read(fields),
                ProducerFields.read(fields),
                ConsumerFields.read(fields, header.appId()),
                DeliveryFields.read(fields, topics),
                SchemaFields.read(fields));
        BindingFields.check(fields, binding.direction());
        if (binding.isOutput()) {
            ProducerFields.warnOfDefaultSize(fields);
        }
        return binding;
    }
}
