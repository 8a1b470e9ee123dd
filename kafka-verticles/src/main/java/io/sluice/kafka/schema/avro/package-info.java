/**
 * JSON to Avro binary and back, for one schema: no I/O, no registry, no Vert.x. {@link io.sluice.kafka.schema.avro.AvroCodec}
 * is the way in, {@link io.sluice.kafka.schema.avro.SchemaText} makes the schema that it needs.
 */
@NullMarked
package io.sluice.kafka.schema.avro;

import org.jspecify.annotations.NullMarked;
