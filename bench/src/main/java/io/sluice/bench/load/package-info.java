/** The load generator: one thread, prepared request bytes, one request at a time per connection. */
@NullMarked
package io.sluice.bench.load;

import org.jspecify.annotations.NullMarked;
