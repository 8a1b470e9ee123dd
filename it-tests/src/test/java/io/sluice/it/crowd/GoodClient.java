package io.sluice.it.crowd;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A client that behaves: one call after the other, on a connection that it keeps, and on new ones. Has a thread. */
final class GoodClient implements AutoCloseable {
    private static final String BODY = "{\"operation\":\"create\",\"data\":\"good\"}";
    private static final String POST = "POST /v1.0/bindings/orders HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
            + BODY.length() + "\r\n\r\n" + BODY;
    private static final String STORED = "HTTP/1.1 204";
    private static final int PATIENCE_MS = 30_000;
    private static final long PAUSE_MS = 20;

    private final int port;
    private final Timings kept = new Timings();
    private final Timings fresh = new Timings();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger again = new AtomicInteger();
    private final Thread thread = new Thread(this::run, "good-client");
    private volatile boolean stopped;

    GoodClient(int port) {
        this.port = port;
        thread.start();
    }

    /** Of calls on the connection that is kept. */
    Timings kept() {
        return kept;
    }

    /** Of calls on a connection each, from its opening, and with those that were closed before the answer. */
    Timings fresh() {
        return fresh;
    }

    /** How often a new connection was closed without an answer. */
    int again() {
        return again.get();
    }

    /** What was no 204, and what broke on a connection that had worked. */
    Queue<String> failures() {
        return failures;
    }

    private void run() {
        while (!stopped) {
            int calls = kept.count();
            try (Socket connection = connect()) {
                while (!stopped) {
                    call(connection, kept, System.nanoTime());
                    callOnce();
                    Thread.sleep(PAUSE_MS);
                }
            } catch (IOException e) {
                closed("kept", kept.count() == calls, e);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void callOnce() {
        long begin = System.nanoTime();
        for (boolean done = false; !done && !stopped; ) {
            try (Socket connection = connect()) {
                call(connection, fresh, begin);
                done = true;
            } catch (IOException e) {
                closed("fresh", true, e);
            }
        }
    }

    /** One that is slow to send its first request may be taken for one that never does: a client connects again. */
    private void closed(String which, boolean beforeTheFirstAnswer, IOException cause) {
        if (beforeTheFirstAnswer) {
            again.incrementAndGet();
        } else {
            failures.add(which + ": " + cause);
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MS);
        return socket;
    }

    private void call(Socket connection, Timings timings, long begin) throws IOException {
        connection.getOutputStream().write(POST.getBytes(US_ASCII));
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = connection.getInputStream().read();
            if (next < 0) {
                throw new IOException("closed after " + head);
            }
            head.append((char) next);
        }
        timings.add(System.nanoTime() - begin);
        if (head.indexOf(STORED) != 0) {
            failures.add(head.toString());
        }
    }

    @Override
    public void close() {
        stopped = true;
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
