package io.sluice.bench.report;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** The middle value; of an even number of values the mean of the two in the middle. */
public final class Median {
    private Median() {}

    /** NaN if there are no values. */
    public static <T> double of(List<T> values, ToDoubleFunction<T> figure) {
        double[] sorted = values.stream().mapToDouble(figure).sorted().toArray();
        int middle = sorted.length / 2;
        if (sorted.length == 0) {
            return Double.NaN;
        }
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
