package io.sluice.it.silence;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.kafka.TestKafka;
import io.sluice.it.kafka.WithKafka;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever keeps records from moving is in the log with what helps, in the health with its reason, in the metrics and in
 * {@code partitions}, and in none of them when it is over. All troubles go on side by side. Each is to be told, and to be over,
 * within five seconds; with {@code -Dsluice.deep=true} that is asserted, and otherwise no more than that it comes, on a machine
 * that may have enough else to do.
 */
@WithKafka
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SilenceIT {
    private static final boolean DEEP = Boolean.getBoolean("sluice.deep");
    private static final Duration PROMISED = Duration.ofSeconds(5);
    private static final Duration LIMIT = Duration.ofSeconds(15);

    @TempDir
    private static Path folder;

    private final LogLines log = LogLines.listen();
    private Scene scene;
    private Rows rows;
    private List<Row> table;
    private Matrix matrix;

    @BeforeAll
    void makeAndMendAllTroubles(TestKafka kafka) throws Exception {
        scene = Scene.open(kafka, folder);
        long start = System.currentTimeMillis();
        rows = new Rows(scene);
        table = rows.all();
        matrix = Matrix.run(table, log, LIMIT, start, rows::awaitWell);
        System.out.println(matrix);
    }

    @AfterAll
    void end() {
        rows.close();
        scene.close();
        log.close();
    }

    static Stream<Arguments> cells() {
        return Stream.of(Trouble.values())
                .flatMap(trouble -> Stream.of(Column.values()).map(column -> Arguments.of(trouble, column)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("cells")
    void everyTroubleIsSeenEverywhereAndNowhereWhenItIsOver(Trouble trouble, Column column) {
        assertThat(matrix.cell(trouble, column))
                .as(() -> matrix.story(trouble))
                .isNotNull()
                .isLessThanOrEqualTo((DEEP ? PROMISED : LIMIT).toMillis());
    }

    @Test
    void theTableHasEachTroubleOnce() {
        assertThat(table).extracting(Row::trouble).containsExactlyInAnyOrder(Trouble.values());
    }
}
