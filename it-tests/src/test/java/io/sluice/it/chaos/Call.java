package io.sluice.it.chaos;

/**
 * A delivery as the app received it.
 *
 * @param path of the request: which gateway it came from, where gateways have routes of their own
 * @param key empty for none
 */
record Call(String path, Position position, String key, String value) {

    /** Where a record is in its topic. */
    record Position(int partition, long offset) {}
}
