/** Who a caller of the APIs is, and what he may do: {@link io.sluice.auth.access.Access} decides. */
@NullMarked
package io.sluice.auth.access;

import org.jspecify.annotations.NullMarked;
