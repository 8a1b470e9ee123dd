/** Component files and secrets that change under a gateway that runs. */
@NullMarked
package io.sluice.it.reload;

import org.jspecify.annotations.NullMarked;
