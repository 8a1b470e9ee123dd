/** What travels between the edges of the gateway: requests, outcomes and failures. */
@NullMarked
package io.sluice.core.message;

import org.jspecify.annotations.NullMarked;
