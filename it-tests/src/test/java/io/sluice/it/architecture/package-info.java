/** What the modules may know of each other. */
@NullMarked
package io.sluice.it.architecture;

import org.jspecify.annotations.NullMarked;
