package io.sluice.kafka.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class InspectingQueryTest {
    private static final TimeoutException SILENCE = new TimeoutException("Timed out");

    private @Nullable Throwable answer = SILENCE;
    private Optional<SecurityProtocol> spoken = Optional.empty();
    private int question;
    private final List<Integer> inspected = new ArrayList<>();
    private final ClusterQuery query = new InspectingQuery(new Questions(), SecurityProtocol.PLAINTEXT, () -> {
        inspected.add(question);
        return Future.succeededFuture(spoken);
    });

    @Test
    void aSilentListenerIsInspectedEverMoreSeldom() {
        for (int i = 0; i < 50; i++) {
            assertThat(ask()).isSameAs(SILENCE);
        }

        assertThat(inspected).containsExactly(1, 2, 4, 8, 16, 32, 48);
    }

    @Test
    void whatItSpeaksIsToldUntilSomethingElseIsHeard() {
        spoken = Optional.of(SecurityProtocol.SSL);
        for (int i = 0; i < 3; i++) {
            assertThat(ask()).isInstanceOf(ListenerMismatchException.class);
        }

        answer = null;
        assertThat(ask()).isNull();
        answer = SILENCE;
        spoken = Optional.of(SecurityProtocol.PLAINTEXT);

        assertThat(ask()).isSameAs(SILENCE);
    }

    @Test
    void anAnswerIsNotInspected() {
        answer = new SaslAuthenticationException("wrong password");

        assertThat(ask()).isSameAs(answer);
        assertThat(inspected).isEmpty();
    }

    private @Nullable Throwable ask() {
        question++;
        return query.ask().cause();
    }

    private final class Questions implements ClusterQuery {
        @Override
        public Future<Void> ask() {
            return answer == null ? Future.succeededFuture() : Future.failedFuture(answer);
        }

        @Override
        public Future<Map<String, Uuid>> topicIds(Set<String> topics) {
            return Future.succeededFuture(Map.of());
        }

        @Override
        public Future<Map<String, List<Set<TopicPartition>>>> assignments(Set<String> groups) {
            return Future.succeededFuture(Map.of());
        }

        @Override
        public Future<Boolean> hasInstance(String group, String instanceId) {
            return Future.succeededFuture(false);
        }

        @Override
        public Future<Void> close() {
            return Future.succeededFuture();
        }
    }
}
