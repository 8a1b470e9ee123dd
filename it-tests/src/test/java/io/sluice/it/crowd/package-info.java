/** Crowds of callers who mean no good, or cannot do better, against a gateway with little memory and few file handles. */
@NullMarked
package io.sluice.it.crowd;

import org.jspecify.annotations.NullMarked;
