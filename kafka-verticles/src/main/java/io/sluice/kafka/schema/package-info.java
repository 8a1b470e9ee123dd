/** Schemas of values: where they come from, and what they do to values. */
@NullMarked
package io.sluice.kafka.schema;

import org.jspecify.annotations.NullMarked;
