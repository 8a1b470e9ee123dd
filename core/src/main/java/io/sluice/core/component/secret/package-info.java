/** Secret stores: where a {@code secretKeyRef} finds its value. */
@NullMarked
package io.sluice.core.component.secret;

import org.jspecify.annotations.NullMarked;
