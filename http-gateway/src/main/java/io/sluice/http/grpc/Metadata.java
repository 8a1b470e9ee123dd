package io.sluice.http.grpc;

import com.google.protobuf.Empty;
import com.google.protobuf.InvalidProtocolBufferException;
import io.sluice.auth.access.Right;
import io.sluice.http.api.ApiServices;
import io.sluice.http.api.ExtendedMetadata;
import io.sluice.http.grpc.proto.GetMetadataRequest;
import io.sluice.http.grpc.proto.SetMetadataRequest;
import java.nio.charset.StandardCharsets;

/** What this gateway is made of, and what clients have noted of it, the same as over HTTP. */
final class Metadata {
    private final ApiServices services;

    Metadata(ApiServices services) {
        this.services = services;
    }

    void get(GrpcCall call, byte[] message) throws InvalidProtocolBufferException {
        GetMetadataRequest.parseFrom(message);
        if (call.mayUse(Right.METADATA)) {
            call.answer(MetadataMessage.of(
                    services.info(), services.catalog(), services.extended().entries()));
        }
    }

    void set(GrpcCall call, byte[] message) throws InvalidProtocolBufferException {
        var note = SetMetadataRequest.parseFrom(message);
        if (!call.mayUse(Right.SET_METADATA)) {
            return;
        }
        if (services.extended().put(note.getKey(), note.getValue().getBytes(StandardCharsets.UTF_8))) {
            call.answer(Empty.getDefaultInstance());
        } else {
            call.refuse(Refusal.malformed(ExtendedMetadata.NO_ROOM));
        }
    }
}
