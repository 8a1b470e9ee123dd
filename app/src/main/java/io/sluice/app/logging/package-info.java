/** How log lines look and which are written. */
@NullMarked
package io.sluice.app.logging;

import org.jspecify.annotations.NullMarked;
