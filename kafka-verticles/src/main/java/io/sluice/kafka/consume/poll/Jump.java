package io.sluice.kafka.consume.poll;

/**
 * A partition goes on elsewhere, because its log no longer has the offset that was to be read.
 *
 * @param from the offset that was to be read
 * @param to where reading goes on
 * @param leaderEpoch of the record before {@code to}, negative when it is not known
 * @param gone offsets that were to be read, or had been, and are no longer in the log
 */
public record Jump(Assignment assignment, long from, long to, int leaderEpoch, long gone, Cause cause) {
    /** Whether something is gone that nobody asked to be passed over. */
    public boolean isLoss() {
        return gone > 0 && cause != Cause.SKIPPED;
    }

    /** What happened to the log. */
    public enum Cause {
        REMOVED("retention removed records before they were read; raise retention.ms or retention.bytes of the topic,"
                + " or look why they were not delivered in time"),
        CUT("the log was cut: a replica without its last records became the leader, or the topic was created anew;"
                + " what took their place is delivered"),
        SHORTER("the log is shorter than what was read of it, and where it was cut is not known, so that it is"
                + " delivered from its start; records that were delivered may come again"),
        REPLACED("the topic was deleted and created anew, so that it is delivered from its start"),
        SKIPPED("records that could not be read were skipped on request");

        private final String text;

        Cause(String text) {
            this.text = text;
        }

        /** For an operator: what happened, and what can be done. */
        public String text() {
            return text;
        }
    }
}
