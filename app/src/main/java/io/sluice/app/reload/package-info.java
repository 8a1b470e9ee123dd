/** Component files that change while the gateway runs: noticed, read again, and made true without a restart. */
@NullMarked
package io.sluice.app.reload;

import org.jspecify.annotations.NullMarked;
