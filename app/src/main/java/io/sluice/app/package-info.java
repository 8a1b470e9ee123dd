/** The program: settings, wiring, life cycle. */
@NullMarked
package io.sluice.app;

import org.jspecify.annotations.NullMarked;
