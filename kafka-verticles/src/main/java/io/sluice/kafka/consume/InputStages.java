package io.sluice.kafka.consume;

/**
 * How many records of a topic are where, for the metrics.
 *
 * @param longAttempts delivery attempts that have been running for longer than a minute
 * @param unanswered open delivery attempts while none is answered for longer than usual
 * @param retrying records that wait for their next attempt
 * @param blocked records that block their lane
 * @param paused partitions of which no more records are taken for now
 * @param memoryShort those of them for which there is no memory
 */
record InputStages(int longAttempts, int unanswered, int retrying, int blocked, int paused, int memoryShort) {
    static final InputStages NONE = new InputStages(0, 0, 0, 0, 0, 0);
}
