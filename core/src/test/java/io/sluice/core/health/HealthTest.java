package io.sluice.core.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class HealthTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final AtomicReference<Instant> now = new AtomicReference<>(START);
    private final Health health = new Health(now::get);

    @Test
    void aTargetSaysSinceWhenItIsAsItIsAndWhyNow() {
        health.notReady("kafka:out", true, "not connected yet");
        now.set(START.plusSeconds(1));
        health.notReady("kafka:out", true, "refused");

        assertThat(health.targets().get("kafka:out")).isEqualTo(new Health.Status(false, true, "refused", START));
        now.set(START.plusSeconds(2));
        health.ready("kafka:out", true);
        health.ready("kafka:out", true);
        assertThat(health.targets().get("kafka:out"))
                .isEqualTo(new Health.Status(true, true, "", START.plusSeconds(2)));
    }

    @Test
    void aTargetThatIsGoneAndComesAgainIsNew() {
        health.ready("a", true);
        health.remove("a");
        now.set(START.plusSeconds(1));
        health.ready("a", true);

        assertThat(health.targets().get("a").since()).isEqualTo(START.plusSeconds(1));
    }

    @Test
    void whoFollowsHearsOfEachTargetOnce() {
        health.ready("early", true);
        List<String> heard = new ArrayList<>();

        health.follow(new Health.Listener() {
            @Override
            public void appeared(String target) {
                heard.add("+" + target);
            }

            @Override
            public void gone(String target) {
                heard.add("-" + target);
            }
        });
        health.ready("late", false);
        health.notReady("late", false, "why");
        health.remove("late");
        health.remove("late");

        assertThat(heard).containsExactly("+early", "+late", "-late");
        assertThat(health.isReady("early")).isTrue();
        assertThat(health.isReady("late")).isFalse();
    }
}
