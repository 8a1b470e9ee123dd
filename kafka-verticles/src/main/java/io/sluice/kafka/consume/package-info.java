/**
 * From a poll to a commit: which record is delivered when, and which offset may be committed. The heart is {@code
 * PartitionProgress}, which has no I/O, no threads and no clock.
 */
@NullMarked
package io.sluice.kafka.consume;

import org.jspecify.annotations.NullMarked;
