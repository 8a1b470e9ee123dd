/** Component files: from YAML documents to typed bindings. */
@NullMarked
package io.sluice.core.component;

import org.jspecify.annotations.NullMarked;
