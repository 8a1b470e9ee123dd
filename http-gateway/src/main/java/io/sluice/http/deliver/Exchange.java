package io.sluice.http.deliver;

import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** One request to the app on a connection that is free for it. Belongs to the context of its connection. */
interface Exchange {
    /** Whether the connection was kept after an earlier request, so that the app may be about to close it. */
    boolean isOnKeptConnection();

    /**
     * Sends the request; to be called once.
     *
     * @param body null for none, which is not the same as an empty one
     * @param answer is told what comes of it
     */
    void send(WireHeaders headers, byte @Nullable [] body, Answer answer);

    /** Whether the app has said that it did not look at the request that broke, and never will. */
    default boolean isUntouched(Throwable cause) {
        return false;
    }

    /** The answer takes long: a connection that many share has to prove that it is alive. */
    default void suspect() {}

    /** Whatever else the app may say is not wanted: nothing more is told. */
    void abandon();

    /** Told in order: head, unfinished, pieces, end; or instead of what is left of them, broken. */
    interface Answer {
        /**
         * The status of the answer has come, and with it usually the headers: what is wrong with those, or comes after them,
         * does not change it.
         */
        void head(int status, @Nullable String retryAfter);

        /** More of it is still to come, and not here yet; may be told again. */
        void unfinished();

        /** @param piece of the body, valid during the call alone */
        void piece(Buffer piece);

        void end();

        /** The answer will not be whole, and there may be none. */
        void broken(Throwable cause);
    }
}
