package io.sluice.http;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** The system's limit of what a process may have open at once: files and, above all, connections. */
public final class FileHandles {
    private FileHandles() {}

    /** How many more may be opened; {@link Long#MAX_VALUE} where the system does not say. */
    public static long left() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? system.getMaxFileDescriptorCount() - system.getOpenFileDescriptorCount()
                : Long.MAX_VALUE;
    }
}
