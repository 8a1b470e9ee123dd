package io.sluice.kafka.partition;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyPartitionerTest {
    private static final String TOPIC = "t";
    private static final Node NODE = new Node(1, "h", 1);
    private static final Node[] NODES = {NODE};

    @ParameterizedTest
    @CsvSource({
        "'', 0, 0, 3, 5, 3",
        "a, 0, 0, 0, 6, 0",
        "key1, 0, 2, 5, 3, 11",
        "test, 0, 2, 5, 1, 11",
        "customer-42, 0, 0, 0, 0, 6",
        "partitionKey, 0, 2, 2, 6, 8",
        "Ünïcode, 0, 1, 1, 7, 1"
    })
    void aKeyGoesWhereDaprSendsIt(String key, int of1, int of3, int of6, int of10, int of12) {
        var partitioner = new Fnv1aPartitioner();

        assertThat(List.of(1, 3, 6, 10, 12))
                .map(partitions -> place(partitioner, key, cluster(partitions, Set.of())))
                .containsExactly(of1, of3, of6, of10, of12);
    }

    @Test
    void murmur2GoesWhereKafkasJavaClientsSendIt() {
        var partitioner = new Murmur2Partitioner();

        for (int i = 0; i < 1_000; i++) {
            String key = "key-" + i;
            int expected = Utils.toPositive(Utils.murmur2(key.getBytes(StandardCharsets.UTF_8))) % 7;
            assertThat(place(partitioner, key, cluster(7, Set.of()))).isEqualTo(expected);
        }
        // Known from Kafka's own documentation of murmur2: "21" hashes to -973932308.
        assertThat(place(partitioner, "21", cluster(10, Set.of()))).isEqualTo((-973932308 & 0x7fffffff) % 10);
    }

    @Test
    void aKeyedRecordGoesToItsPartitionEvenWithoutALeader() {
        assertThat(place(new Fnv1aPartitioner(), "customer-42", cluster(3, Set.of(0))))
                .isZero();
    }

    @Test
    void recordsWithoutAKeySpreadOverThePartitionsWithALeader() {
        var cluster = cluster(6, Set.of(1, 4));
        var counts = new int[6];

        for (int i = 0; i < 4_000; i++) {
            counts[place(new Fnv1aPartitioner(), null, cluster)]++;
        }

        assertThat(new int[] {counts[1], counts[4]}).containsOnly(0);
        // 1000 expected in each; a fair choice is outside of this range less than once in 10^20 runs.
        assertThat(List.of(counts[0], counts[2], counts[3], counts[5])).allMatch(count -> count > 700 && count < 1_300);
    }

    @Test
    void recordsWithoutAKeySpreadOverAllPartitionsWhenNoneHasALeader() {
        var cluster = cluster(3, Set.of(0, 1, 2));
        var seen = new HashSet<Integer>();

        for (int i = 0; i < 500; i++) {
            seen.add(place(new Murmur2Partitioner(), null, cluster));
        }

        assertThat(seen).containsExactlyInAnyOrder(0, 1, 2);
    }

    private static int place(KeyPartitioner partitioner, String key, Cluster cluster) {
        byte[] bytes = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
        return partitioner.partition(TOPIC, bytes, bytes, null, null, cluster);
    }

    private static Cluster cluster(int partitions, Set<Integer> leaderless) {
        var infos = new ArrayList<PartitionInfo>();
        for (int i = 0; i < partitions; i++) {
            infos.add(new PartitionInfo(TOPIC, i, leaderless.contains(i) ? null : NODE, NODES, NODES));
        }
        return new Cluster("c", List.of(NODE), infos, Set.of(), Set.of());
    }
}
