/** Who we are to Kafka: from a binding's settings to the properties of a Kafka client. */
@NullMarked
package io.sluice.auth.kafka;

import org.jspecify.annotations.NullMarked;
