package io.sluice.bench.proc;

import java.util.regex.Pattern;

/** Reads the files of {@code proc(5)} that are needed here. */
final class ProcText {
    /** Linux counts in USER_HZ = 100 towards user space, whatever the kernel's own tick. */
    private static final long MICROS_PER_TICK = 10_000;
    /** utime and stime are fields 14 and 15; field 3 is the first one after the command's closing parenthesis. */
    private static final int UTIME = 14 - 3;

    private ProcText() {}

    /** User and system time of all threads, in microseconds, from the text of {@code /proc/PID/stat}. */
    static long cpuMicros(String stat) {
        // The command in field 2 may itself hold blanks and parentheses.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[UTIME]) + Long.parseLong(fields[UTIME + 1])) * MICROS_PER_TICK;
    }

    /** Time on a CPU, in microseconds, from the text of {@code /proc/PID/task/TID/schedstat}: its first field, in ns. */
    static long threadMicros(String schedstat) {
        return Long.parseLong(schedstat.substring(0, schedstat.indexOf(' '))) / 1000;
    }

    /** Whether a thread is HotSpot's JIT compiler, by the text of {@code /proc/PID/task/TID/comm}: 15 characters of its name. */
    static boolean isCompiler(String comm) {
        return comm.startsWith("C1 Compiler") || comm.startsWith("C2 Compiler");
    }

    /**
     * A size in KiB from the text of {@code /proc/PID/status}.
     *
     * @throws IllegalArgumentException if there is no such line
     */
    static long kibibytes(String status, String name) {
        var line = Pattern.compile("^" + name + ":\\s+(\\d+) kB$", Pattern.MULTILINE)
                .matcher(status);
        if (!line.find()) {
            throw new IllegalArgumentException("no " + name + " in the process's status");
        }
        return Long.parseLong(line.group(1));
    }
}
