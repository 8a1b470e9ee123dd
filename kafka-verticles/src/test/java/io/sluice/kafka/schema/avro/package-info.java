/** JSON to Avro and back, value by value and by generated schemas. */
@NullMarked
package io.sluice.kafka.schema.avro;

import org.jspecify.annotations.NullMarked;
