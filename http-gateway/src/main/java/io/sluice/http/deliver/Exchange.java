package io.sluice.http.deliver;

import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;

/** One request to the app and what it does to its connection. Ends with {@link #ended} or {@link #abandon}. */
interface Exchange {
    HttpClientRequest request();

    /** Whether the connection was kept after an earlier request, so that the app may be about to close it. */
    boolean isOnKeptConnection();

    /** The head of the answer is there. */
    void answered();

    /** The answer was read to its end: the connection is free. */
    void ended(HttpClientResponse response);

    /** Whatever else the app may say is not wanted. */
    void abandon();
}
