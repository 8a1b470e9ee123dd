/** W3C trace context and baggage, from transport headers to request metadata. */
@NullMarked
package io.sluice.http.trace;

import org.jspecify.annotations.NullMarked;
