/** The shipped jars as processes: {@link io.sluice.it.process.Launch} starts one. */
@NullMarked
package io.sluice.it.process;

import org.jspecify.annotations.NullMarked;
