/** What producing and consuming share: clusters, how clients of Kafka are opened, and what their exceptions mean. */
@NullMarked
package io.sluice.kafka.client;

import org.jspecify.annotations.NullMarked;
