/** What becomes of records that nobody takes. */
@NullMarked
package io.sluice.kafka.consume.failure;

import org.jspecify.annotations.NullMarked;
