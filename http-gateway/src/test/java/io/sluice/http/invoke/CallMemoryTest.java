package io.sluice.http.invoke;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.budget.ByteBudget;
import io.sluice.core.budget.HeapBudget;
import io.sluice.http.invoke.CallMemory.Share;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;

class CallMemoryTest {
    private static final int CALL = HeapBudget.CALL;

    private final ByteBudget calls = new ByteBudget(10L * CALL);
    private final CallMemory memory = new CallMemory(calls, "http");

    @Test
    void aCallHoldsWhatItCostsAndWhatItBroughtUntilItIsSettled() {
        var share = memory.of(http1());

        assertThat(share.begin(100)).isTrue();
        assertThat(share.reserve(50)).isTrue();
        assertThat(calls.reserved()).isEqualTo(CALL + 150);

        share.release();
        share.release();
        assertThat(calls.reserved()).isZero();
    }

    @Test
    void whatIsRefusedIsNotHeld() {
        var share = memory.of(http1());
        assertThat(share.begin(0)).isTrue();

        assertThat(share.reserve(5L * CALL)).isFalse();

        assertThat(calls.reserved()).isEqualTo(CALL);
    }

    @Test
    void theCallsOfOneConnectionLeaveAsMuchAsTheyHold() {
        var greedy = connection();
        int taken = 0;
        while (memory.of(http2(greedy)).begin(0)) {
            taken++;
        }

        assertThat(taken).isEqualTo(5);
        assertThat(memory.of(http2(connection())).begin(0)).isTrue();
        assertThat(memory.of(http1()).begin(0)).isTrue();
    }

    @Test
    void aConnectionWhoseCallsAreSettledBeginsAnew() {
        var connection = connection();
        var first = memory.of(http2(connection));
        var second = memory.of(http2(connection));
        assertThat(first.begin(0)).isTrue();
        assertThat(second.begin(3L * CALL)).isTrue();
        first.release();
        second.release();

        assertThat(calls.reserved()).isZero();
        assertThat(memory.of(http2(connection)).begin(4L * CALL)).isTrue();
    }

    @Test
    void callsThatBeginBesideEachOtherAreOfOneConnectionAllTheSame() {
        var connection = connection();
        Share early = memory.of(http2(connection));
        Share other = memory.of(http2(connection));
        assertThat(other.begin(0)).isTrue();
        other.release();
        Share third = memory.of(http2(connection));
        assertThat(third.begin(0)).isTrue();
        assertThat(early.begin(0)).isTrue();

        third.release();
        early.release();

        assertThat(calls.reserved()).isZero();
        assertThat(memory.of(http2(connection)).begin(4L * CALL)).isTrue();
    }

    private static HttpServerRequest http1() {
        return request(HttpVersion.HTTP_1_1, null);
    }

    private static HttpServerRequest http2(HttpConnection connection) {
        return request(HttpVersion.HTTP_2, connection);
    }

    private static HttpConnection connection() {
        return fake(HttpConnection.class, "none", null, null);
    }

    private static HttpServerRequest request(HttpVersion version, HttpConnection connection) {
        return fake(HttpServerRequest.class, "version", version, connection);
    }

    private static <T> T fake(Class<T> type, String method, Object answer, Object other) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, called, arguments) -> called.getName().equals(method)
                        ? answer
                        : called.getName().equals("connection") ? other : null));
    }
}
