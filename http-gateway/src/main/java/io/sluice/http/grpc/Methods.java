package io.sluice.http.grpc;

import io.sluice.http.invoke.InvokeDispatcher;
import java.util.Map;

/** The methods that are served. */
final class Methods {
    private static final String SERVICE = "dapr.proto.runtime.v1.Dapr/";

    private Methods() {}

    /** The endpoints of one event loop by the full name of their method. */
    static Map<String, Endpoint> all(GrpcState state, InvokeDispatcher dispatcher) {
        var services = state.services();
        var bindings = new InvokeBinding(services.catalog(), dispatcher);
        var metadata = new Metadata(services);
        return Map.of(
                SERVICE + "InvokeBinding",
                bindings,
                SERVICE + "GetMetadata",
                metadata::get,
                SERVICE + "SetMetadata",
                metadata::set,
                SERVICE + "Shutdown",
                new Shutdown(services.shutdown()));
    }
}
