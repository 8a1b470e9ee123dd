/** The gRPC API as the published SDKs see it. */
@NullMarked
package io.sluice.it.grpc;

import org.jspecify.annotations.NullMarked;
