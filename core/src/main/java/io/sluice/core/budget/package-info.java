/** How much of the heap what waits may hold. */
@NullMarked
package io.sluice.core.budget;

import org.jspecify.annotations.NullMarked;
