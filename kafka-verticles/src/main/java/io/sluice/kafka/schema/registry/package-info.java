/** Schemas from a registry that speaks Confluent's API. {@code SchemaRegistry} is the way in. */
@NullMarked
package io.sluice.kafka.schema.registry;

import org.jspecify.annotations.NullMarked;
