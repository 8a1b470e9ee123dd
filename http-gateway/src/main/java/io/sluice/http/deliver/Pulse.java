package io.sluice.http.deliver;

/**
 * What came of one probe of the app's health.
 *
 * @param status of HTTP or gRPC, as the app's protocol has it
 * @param words how the probe ended, to follow "the last …"
 */
record Pulse(boolean healthy, int status, String words) {}
