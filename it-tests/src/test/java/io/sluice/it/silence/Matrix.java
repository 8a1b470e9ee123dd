package io.sluice.it.silence;

import io.sluice.it.gateway.TestGateway;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/** Makes all troubles at once, looks until each is seen everywhere or a limit is over, mends them, and looks until all is well. */
final class Matrix {
    private static final Set<Column> TOLD = EnumSet.complementOf(EnumSet.of(Column.OVER));
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    private final List<Row> rows;
    private final LogLines log;
    private final Duration limit;
    private final Map<Trouble, Map<Column, Long>> seen = new TreeMap<>();
    private final Map<Row, CompletableFuture<JsonObject>> asked = new HashMap<>();
    private final Map<Trouble, String> last = new HashMap<>();
    private final Map<Trouble, Long> from = new ConcurrentHashMap<>();
    private final Map<Trouble, Long> begun = new ConcurrentHashMap<>();

    private Matrix(List<Row> rows, LogLines log, Duration limit) {
        this.rows = rows;
        this.log = log;
        this.limit = limit;
        rows.forEach(row -> seen.put(row.trouble(), new EnumMap<>(Column.class)));
    }

    /**
     * @param since when what is there from the start began; milliseconds since the epoch
     * @param well waits until all else works
     */
    static Matrix run(List<Row> rows, LogLines log, Duration limit, long since, Row.Step well) throws Exception {
        var matrix = new Matrix(rows, log, limit);
        List<Row> first = rows.stream().filter(Row::isThereFromTheStart).toList();
        first.forEach(row -> matrix.from.put(row.trouble(), since));
        matrix.go(first, row -> Row.NOTHING, TOLD);
        well.run();
        List<Row> later =
                rows.stream().filter(row -> !row.isThereFromTheStart()).toList();
        matrix.go(later, Row::make, TOLD);
        matrix.go(rows, Row::mend, Set.of(Column.OVER));
        return matrix;
    }

    /** Does one step of each row, and looks meanwhile and then at those that are done. */
    private void go(List<Row> changing, Function<Row, Row.Step> step, Set<Column> columns) {
        begun.clear();
        asked.clear();
        var done = CompletableFuture.runAsync(() -> changing.forEach(row -> go(row, step.apply(row))));
        try {
            Awaitility.await()
                    .atMost(limit.multipliedBy(2))
                    .pollDelay(Duration.ZERO)
                    .pollInterval(LOOK_EVERY)
                    .until(() -> {
                        boolean all = done.isDone();
                        look(changing, columns);
                        return all && isComplete(changing, columns);
                    });
        } catch (ConditionTimeoutException e) {
            // The cells that are missing say so.
        }
        done.join();
    }

    private void go(Row row, Row.Step step) {
        try {
            from.putIfAbsent(row.trouble(), System.currentTimeMillis());
            step.run();
            begun.put(row.trouble(), System.currentTimeMillis());
        } catch (Exception e) {
            throw new IllegalStateException(row.trouble().toString(), e);
        }
    }

    private boolean isComplete(List<Row> changing, Set<Column> columns) {
        return changing.stream().allMatch(row -> isComplete(row, columns));
    }

    private boolean isComplete(Row row, Set<Column> columns) {
        return seen.get(row.trouble()).keySet().containsAll(columns);
    }

    private void look(List<Row> changing, Set<Column> columns) {
        Map<TestGateway, Watched> states = new HashMap<>();
        for (Row row : changing) {
            if (begun.containsKey(row.trouble()) && !isComplete(row, columns)) {
                look(row, columns, states.computeIfAbsent(row.gateway(), Watched::now));
            }
        }
    }

    private void look(Row row, Set<Column> columns, Watched state) {
        Map<Column, Long> cells = seen.get(row.trouble());
        Watched now = state.with(shown(row));
        for (Column column : columns) {
            Long at = cells.containsKey(column) ? null : at(row, column, now);
            if (at != null) {
                cells.put(column, Math.max(0, at - begun.get(row.trouble())));
            }
        }
        last.put(row.trouble(), state.trouble(row.target()) + "\n" + now.partitions());
    }

    /** What the gateway says of the row's partitions, empty as long as it does not; nobody waits for that. */
    private JsonObject shown(Row row) {
        CompletableFuture<JsonObject> answer =
                asked.computeIfAbsent(row, r -> Watched.partitions(r.gateway(), r.binding()));
        if (!answer.isDone()) {
            return new JsonObject();
        }
        asked.remove(row);
        return answer.join();
    }

    /** When it was seen, null when it was not. */
    private @Nullable Long at(Row row, Column column, Watched now) {
        boolean so =
                switch (column) {
                    case LOG -> false;
                    case HEALTH -> row.isInHealth(now);
                    case METRIC -> row.isMeasured(now);
                    case PARTITIONS -> row.shown().test(now);
                    case OVER -> row.isOver(now);
                };
        if (column == Column.LOG) {
            return log.warnings(from.get(row.trouble())).stream()
                    .filter(row::isLogged)
                    .findFirst()
                    .map(LogLines.Line::at)
                    .orElse(null);
        }
        return so ? System.currentTimeMillis() : null;
    }

    /** Milliseconds after which a cell was seen, null for one that was not. */
    @Nullable
    Long cell(Trouble trouble, Column column) {
        return seen.get(trouble).get(column);
    }

    /** What was seen last of a trouble, for a test that fails. */
    String story(Trouble trouble) {
        String lines = log.all().stream()
                .map(line -> line.at() + " " + line.level() + " " + line.text())
                .collect(Collectors.joining("\n"));
        return trouble + ": " + seen.get(trouble) + "\n" + last.get(trouble) + "\n" + lines;
    }

    @Override
    public String toString() {
        return seen.entrySet().stream()
                .map(row -> row.getKey() + " " + row.getValue())
                .collect(Collectors.joining("\n"));
    }
}
