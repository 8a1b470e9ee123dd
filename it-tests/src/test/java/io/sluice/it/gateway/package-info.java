/** The whole gateway in the tests' JVM: {@link io.sluice.it.gateway.TestGateway} and the files it starts from. */
@NullMarked
package io.sluice.it.gateway;

import org.jspecify.annotations.NullMarked;
