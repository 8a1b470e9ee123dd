package io.sluice.it.kafka;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives a parameter of type {@link TestKafka} to the tests, constructors and life-cycle methods of a class.
 *
 * <p>All classes of one JVM share one Kafka, started by the first that asks and stopped after the last test. The system
 * property {@code kafka} says where it comes from: {@code embedded} (default) or {@code testcontainers}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(KafkaExtension.class)
public @interface WithKafka {}
