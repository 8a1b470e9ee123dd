package io.sluice.app.settings;

import io.sluice.app.settings.Settings.Api;
import io.sluice.app.settings.Settings.PublicPort;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The flags of the APIs' listeners, daprd's two names for one size among them. */
final class ApiReader {
    private static final int KIB = 1 << 10;
    private static final int MIB = 1 << 20;

    /** What daprd takes -1 for in a size: its default. */
    private static final long DEFAULT = -1;

    private static final int REQUEST_HEAD = 16 * KIB;
    private static final int ANSWER_HEAD = 64 * KIB;

    /** What Go's server, and so daprd, takes no size for. */
    private static final int HEAD_WITHOUT_SIZE = MIB;

    private static final long LONGEST_HEAD = 1 << 30;

    private final FlagReader flags;
    private final long headSize;

    ApiReader(FlagReader flags) {
        this.flags = flags;
        this.headSize = size(Flag.READ_BUFFER_SIZE, Flag.DAPR_HTTP_READ_BUFFER_SIZE, KIB);
    }

    Api read() {
        return new Api(
                flags.hosts(Flag.DAPR_LISTEN_ADDRESSES),
                flags.port(Flag.DAPR_HTTP_PORT),
                flags.port(Flag.DAPR_GRPC_PORT),
                socketFolder(),
                publicPort(),
                maxBodySize(),
                headSize(REQUEST_HEAD),
                flags.list(Flag.ALLOWED_ORIGINS),
                flags.isOn(Flag.ENABLE_API_LOGGING));
    }

    /** How long the head of an answer of the app may be, in bytes. */
    int answerHeadSize() {
        return headSize(ANSWER_HEAD);
    }

    private @Nullable Path socketFolder() {
        Path folder = flags.text(Flag.UNIX_DOMAIN_SOCKET).map(Path::of).orElse(null);
        if (folder != null && !Files.isDirectory(folder)) {
            flags.reject(Flag.UNIX_DOMAIN_SOCKET, folder + " is not there (a folder for the sockets)");
        }
        return folder;
    }

    private @Nullable PublicPort publicPort() {
        String address = flags.host(Flag.DAPR_PUBLIC_LISTEN_ADDRESS);
        return flags.isGiven(Flag.DAPR_PUBLIC_PORT) ? new PublicPort(address, flags.port(Flag.DAPR_PUBLIC_PORT)) : null;
    }

    private long maxBodySize() {
        long size = size(Flag.MAX_BODY_SIZE, Flag.DAPR_HTTP_MAX_REQUEST_SIZE, MIB);
        return size == DEFAULT
                ? Quantity.parse(Flag.MAX_BODY_SIZE.defaultValue()).orElseThrow()
                : Math.max(0, size);
    }

    private int headSize(int usual) {
        if (headSize == DEFAULT) {
            return usual;
        }
        return headSize <= 0 ? HEAD_WITHOUT_SIZE : (int) Math.min(headSize, LONGEST_HEAD);
    }

    /** In bytes, by the quantity's flag or else by the number's; {@link #DEFAULT} when none of them is given. */
    private long size(Flag quantity, Flag number, int unit) {
        long old = flags.isGiven(number) ? flags.integer(number, Integer.MIN_VALUE, Integer.MAX_VALUE) : DEFAULT;
        return flags.isGiven(quantity) ? flags.quantity(quantity) : old > 0 ? old * unit : old;
    }
}
