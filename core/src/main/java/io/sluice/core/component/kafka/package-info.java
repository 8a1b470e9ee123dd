/** The fields of {@code bindings.kafka}: each declared next to the code that reads it. */
@NullMarked
package io.sluice.core.component.kafka;

import org.jspecify.annotations.NullMarked;
