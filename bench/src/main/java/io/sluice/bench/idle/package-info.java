/** What programs cost that have nothing to do. */
@NullMarked
package io.sluice.bench.idle;

import org.jspecify.annotations.NullMarked;
