package io.sluice.it.silence;

import io.sluice.it.gateway.TestGateway;
import java.util.List;
import java.util.Map;
import java.util.function.DoublePredicate;
import java.util.function.Predicate;

/**
 * One trouble: who has it, how it is made and mended, and what must be seen of it.
 *
 * @param binding whose it is
 * @param warning pieces of one line of the log at WARN, what helps among them
 * @param metrics of the binding's own metrics, how each must be
 * @param shown how {@code partitions} must be
 * @param over what must be so when it is over, beside the target
 */
record Row(
        Trouble trouble,
        TestGateway gateway,
        String binding,
        Step make,
        Step mend,
        List<String> warning,
        Map<String, DoublePredicate> metrics,
        Predicate<Watched> shown,
        Predicate<Watched> over) {
    /** Something that a test does. */
    interface Step {
        void run() throws Exception;
    }

    static final Step NOTHING = () -> {};

    /** One that is there from the start, and over when records move again. */
    static Row of(Trouble trouble, TestGateway gateway, String binding) {
        Predicate<Watched> moves =
                now -> now.notDelivering().equals("[]") && now.stage().isEmpty();
        return new Row(trouble, gateway, binding, NOTHING, NOTHING, List.of(), Map.of(), now -> false, moves);
    }

    Row make(Step step) {
        return new Row(trouble, gateway, binding, step, mend, warning, metrics, shown, over);
    }

    Row mend(Step step) {
        return new Row(trouble, gateway, binding, make, step, warning, metrics, shown, over);
    }

    Row warns(String... pieces) {
        return new Row(trouble, gateway, binding, make, mend, List.of(pieces), metrics, shown, over);
    }

    Row counts(String metric, DoublePredicate wanted) {
        return new Row(trouble, gateway, binding, make, mend, warning, Map.of(metric, wanted), shown, over);
    }

    Row shows(Predicate<Watched> wanted) {
        return new Row(trouble, gateway, binding, make, mend, warning, metrics, wanted, over);
    }

    Row over(Predicate<Watched> wanted) {
        return new Row(trouble, gateway, binding, make, mend, warning, metrics, shown, wanted);
    }

    boolean isThereFromTheStart() {
        return make == NOTHING;
    }

    String target() {
        return "input:" + binding;
    }

    boolean isLogged(LogLines.Line line) {
        return line.text().contains("binding=\"" + binding + "\"")
                && warning.stream().allMatch(line.text()::contains);
    }

    boolean isInHealth(Watched now) {
        String why = now.trouble(target());
        return now.isUnhealthy() && why != null && why.contains(trouble.symptom());
    }

    boolean isMeasured(Watched now) {
        return now.gauge(target()) == 0
                && metrics.entrySet().stream()
                        .allMatch(
                                metric -> now.sum(metric.getKey(), "component=\"" + binding + "\"", metric.getValue()));
    }

    boolean isOver(Watched now) {
        String why = now.trouble(target());
        boolean well = why == null ? now.gauge(target()) == -1 : why.isEmpty() && now.gauge(target()) == 1;
        return well && over.test(now);
    }
}
