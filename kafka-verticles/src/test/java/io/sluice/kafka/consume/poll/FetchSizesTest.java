package io.sluice.kafka.consume.poll;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.budget.HeapBudget;
import io.sluice.kafka.consume.Inputs;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FetchSizesTest {
    private static final long MIB = 1024 * 1024;

    private final Inputs inputs = Inputs.with();

    @ParameterizedTest(name = "{0} MiB of heap, {1} partitions: {2} of each, {3} at once")
    @CsvSource({
        "8192, 24,  1048576, 52428800",
        "2048, 100, 1048576, 52428800",
        "1024, 64,  1048576, 33554432",
        "128,  64,  262144,  1048576",
        "128,  100, 167772,  671088",
        "128, 1000, 16777,   67108",
        "128, 9000, 16384,   65536",
    })
    void fetchesFitIntoTheirPartOfTheHeap(long heap, int partitions, int perPartition, int perAnswer) {
        var sizes = FetchSizes.of(inputs.binding().consumer(), heap / 8 * MIB, partitions);

        assertThat(sizes).isEqualTo(new FetchSizes(perPartition, perAnswer));
    }

    @Test
    void aSizeThatWasSetIsKept() {
        inputs.fetchDefault = 8 * 1024 * 1024;

        assertThat(FetchSizes.of(inputs.binding().consumer(), 16 * MIB, 100))
                .isEqualTo(new FetchSizes(8 * 1024 * 1024, 8 * 1024 * 1024));
    }

    @Test
    void theyBecomePropertiesOfAConsumer() {
        assertThat(new FetchSizes(5, 7).in(Map.of("max.partition.fetch.bytes", 1, "client.id", "x")))
                .containsOnly(
                        Map.entry("max.partition.fetch.bytes", 5),
                        Map.entry("fetch.max.bytes", 7),
                        Map.entry("client.id", "x"));
    }

    @Test
    void allPartitionsOfAllTopicsShareTheHeap() {
        var memory = new InputMemory(HeapBudget.of(128 * MIB));
        var settings = inputs.binding().consumer();

        assertThat(memory.fetchSizes(settings).perPartition()).isEqualTo(262_144);
        assertThat(memory.fetchSizes(settings, "a/t", 1).perPartition()).isEqualTo(262_144);
        assertThat(memory.fetchSizes(settings, "a/u", 255).perPartition()).isEqualTo(65_536);

        memory.gone("a/u");
        assertThat(memory.fetchSizes(settings).perPartition()).isEqualTo(262_144);
    }
}
