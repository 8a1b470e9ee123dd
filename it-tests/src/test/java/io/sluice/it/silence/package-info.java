/** Nothing that keeps records from moving happens in silence. */
@NullMarked
package io.sluice.it.silence;

import org.jspecify.annotations.NullMarked;
