/** A client for Vert.x programs that share an event bus with the gateway. */
@NullMarked
package io.sluice.core.client;

import org.jspecify.annotations.NullMarked;
