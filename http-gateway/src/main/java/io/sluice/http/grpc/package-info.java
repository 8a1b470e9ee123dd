/** The gRPC API: the part of Dapr's runtime service that callers of bindings need. {@link GrpcApi} is the door. */
@NullMarked
package io.sluice.http.grpc;

import org.jspecify.annotations.NullMarked;
