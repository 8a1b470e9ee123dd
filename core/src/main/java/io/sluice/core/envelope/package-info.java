/** The JSON envelope of an output binding's call: from the bytes of a body to a request, in one pass. */
@NullMarked
package io.sluice.core.envelope;

import org.jspecify.annotations.NullMarked;
