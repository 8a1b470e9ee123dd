/** From measurements to medians, ratios, targets and tables. */
@NullMarked
package io.sluice.bench.report;

import org.jspecify.annotations.NullMarked;
