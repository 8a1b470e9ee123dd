/**
 * From a poll to a commit: which record is delivered when, and which offset may be committed. No I/O, no threads and no
 * clock; {@code PartitionProgress} is the way in.
 */
@NullMarked
package io.sluice.kafka.consume.progress;

import org.jspecify.annotations.NullMarked;
