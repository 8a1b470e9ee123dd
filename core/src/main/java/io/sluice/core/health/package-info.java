/** Which parts of the gateway work, and why not. */
@NullMarked
package io.sluice.core.health;

import org.jspecify.annotations.NullMarked;
