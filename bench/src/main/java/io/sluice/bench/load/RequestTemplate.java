package io.sluice.bench.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The bytes of a request, of one length for every id: only the digits of the id and of the key change, in place.
 *
 * <pre>{"operation":"create","data":{"id":1000000042,…},"metadata":{"partitionKey":"key-042"}}</pre>
 */
public final class RequestTemplate {
    /** Added to every id, so that each has ten digits and is valid JSON. */
    public static final long ID_BASE = 1_000_000_000L;

    private static final int ID_DIGITS = 10;
    private static final int KEY_DIGITS = 3;
    private static final String DATA = "{\"id\":" + ID_BASE
            + ",\"customer\":\"c-48151623\",\"status\":\"paid\",\"amount\":1249.95,\"currency\":\"EUR\","
            + "\"lines\":[{\"sku\":\"A-100\",\"count\":2},{\"sku\":\"B-205\",\"count\":1}],"
            + "\"note\":\"leave it with the neighbour at number 12\"}";
    private static final String BODY =
            "{\"operation\":\"create\",\"data\":" + DATA + ",\"metadata\":{\"partitionKey\":\"key-000\"}}";

    private final byte[] bytes;
    private final int idAt;
    private final int keyAt;

    public RequestTemplate(String host, int port, String path) {
        String head = "POST " + path + " HTTP/1.1\r\nHost: " + host + ":" + port
                + "\r\nContent-Type: application/json\r\nContent-Length: " + BODY.length() + "\r\n\r\n";
        String text = head + BODY;
        bytes = text.getBytes(StandardCharsets.US_ASCII);
        idAt = text.indexOf("\"id\":") + "\"id\":".length();
        keyAt = text.lastIndexOf("key-") + "key-".length();
    }

    /** A direct buffer for one connection, to be filled by {@link #fill}. */
    ByteBuffer newBuffer() {
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }

    /** Makes the buffer the request of this id, ready to be written. */
    void fill(ByteBuffer buffer, int id) {
        buffer.clear();
        writeDigits(buffer, idAt, ID_DIGITS, ID_BASE + id);
        writeDigits(buffer, keyAt, KEY_DIGITS, id % 1000L);
    }

    private static void writeDigits(ByteBuffer buffer, int at, int count, long number) {
        long rest = number;
        for (int i = at + count - 1; i >= at; i--) {
            buffer.put(i, (byte) ('0' + rest % 10));
            rest /= 10;
        }
    }
}
