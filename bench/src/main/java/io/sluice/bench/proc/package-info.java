/** Child processes and what the Linux kernel says they cost. */
@NullMarked
package io.sluice.bench.proc;

import org.jspecify.annotations.NullMarked;
