/** Certificates for tests, made while they run: {@link io.sluice.testing.tls.TestCa} is the door. */
@NullMarked
package io.sluice.testing.tls;

import org.jspecify.annotations.NullMarked;
