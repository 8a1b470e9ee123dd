package io.sluice.http.deliver;

import io.vertx.core.buffer.Buffer;

/** One POST to the app on a connection that is free for it. Belongs to the context of its connection. */
interface Exchange {
    /** Whether the connection was kept after an earlier request, so that the app may be about to close it. */
    boolean isOnKeptConnection();

    /**
     * Sends the request; to be called once.
     *
     * @param answer is told what comes of it
     */
    void send(WireHeaders headers, byte[] body, Answer answer);

    /** Whatever else the app may say is not wanted: nothing more is told. */
    void abandon();

    /** Told in order: head, pieces, end; or instead of what is left of them, broken. */
    interface Answer {
        void head(int status);

        /** @param piece of the body, valid during the call alone */
        void piece(Buffer piece);

        void end();

        /** The answer will not be whole, and there may be none. */
        void broken(Throwable cause);
    }
}
