/** The behaviour of a real daprd, recorded from one that ran beside Sluice. */
@NullMarked
package io.sluice.it.daprd;

import org.jspecify.annotations.NullMarked;
