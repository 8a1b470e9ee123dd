/** What the user's app gets to see while gateways and brokers are stopped, killed and cut off. */
@NullMarked
package io.sluice.it.chaos;

import org.jspecify.annotations.NullMarked;
