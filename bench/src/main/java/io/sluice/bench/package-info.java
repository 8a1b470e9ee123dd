/** The benchmarks' command line and the order of a run: Kafka, then each program in turn, then the report. */
@NullMarked
package io.sluice.bench;

import org.jspecify.annotations.NullMarked;
