/** The contract of the event bus: addresses, and how messages cross it. */
@NullMarked
package io.sluice.core.bus;

import org.jspecify.annotations.NullMarked;
