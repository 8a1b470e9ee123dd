package io.sluice.kafka.schema.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.kafka.schema.avro.AvroCodec;
import io.sluice.kafka.schema.registry.SchemaKey.Id;
import io.sluice.kafka.schema.registry.SchemaKey.Latest;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class SchemaCacheTest {
    private static final Latest KEY = new Latest("s");
    private static final long TTL = Duration.ofSeconds(10).toNanos();
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    /** Near its end, as {@link System#nanoTime} may be. */
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - SECOND);

    private final SchemaCache cache = new SchemaCache(TTL, now::get);

    @Test
    void aLatestVersionIsFreshForItsTime() {
        WriterSchema schema = schema(1);
        cache.put(KEY, schema, now.get());

        now.addAndGet(TTL - 1);
        assertThat(cache.fresh(KEY)).isSameAs(schema);
        now.addAndGet(1);

        assertThat(cache.fresh(KEY)).isNull();
        assertThat(cache.any(KEY)).isSameAs(schema);
    }

    @Test
    void theTimeBeginsWhenTheRegistryWasAsked() {
        cache.put(KEY, schema(1), now.get() - TTL);

        assertThat(cache.fresh(KEY)).isNull();
    }

    @Test
    void whatLastsIsFreshForEver() {
        cache.put(new Id(1), schema(1), now.get());

        now.addAndGet(Duration.ofDays(10_000).toNanos());

        assertThat(cache.fresh(new Id(1))).isNotNull();
    }

    @Test
    void anOldVersionThatIsExtendedIsFreshEverLonger() {
        cache.put(KEY, schema(1), now.get());
        now.addAndGet(TTL);

        assertThat(freshFor()).isEqualTo(SECOND);
        assertThat(freshFor()).isEqualTo(2 * SECOND);
        assertThat(freshFor()).isEqualTo(4 * SECOND);
        for (int i = 0; i < 10; i++) {
            freshFor();
        }
        assertThat(freshFor()).isEqualTo(30 * SECOND);
    }

    @Test
    void manyWhoExtendInOneRoundExtendOnce() {
        cache.put(KEY, schema(1), now.get());
        now.addAndGet(TTL);
        cache.extend(KEY);
        cache.extend(KEY);

        assertThat(freshFor()).isEqualTo(SECOND);
        assertThat(freshFor()).isEqualTo(2 * SECOND);
    }

    /** Extends what is not fresh, and lets time go until it is not fresh again. */
    private long freshFor() {
        cache.extend(KEY);
        long from = now.get();
        while (cache.fresh(KEY) != null) {
            now.addAndGet(SECOND / 2);
        }
        return now.get() - from;
    }

    @Test
    void aFailureIsRememberedForAMoment() {
        cache.putFailure(KEY, LookupFailure.unavailable("away"));

        assertThat(cache.failure(KEY)).hasMessage("away");
        now.addAndGet(SECOND);

        assertThat(cache.failure(KEY)).isNull();
    }

    @Test
    void aSchemaThatIsFoundEndsTheFailure() {
        cache.putFailure(KEY, LookupFailure.unavailable("away"));

        cache.put(KEY, schema(1), now.get());

        assertThat(cache.failure(KEY)).isNull();
    }

    @Test
    void whoWasNotAskedForLongestMakesRoom() {
        cache.put(KEY, schema(1), now.get());
        cache.put(new Id(0), schema(1), now.get());
        for (int id = 1; id < 1_500; id++) {
            cache.put(new Id(id), schema(id), now.get());
            assertThat(cache.fresh(KEY)).isNotNull();
        }

        assertThat(cache.fresh(new Id(0))).isNull();
        assertThat(cache.fresh(new Id(1_499))).isNotNull();
    }

    private static WriterSchema schema(int id) {
        try {
            return new WriterSchema(id, AvroCodec.of(Schema.create(Schema.Type.INT), false));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
