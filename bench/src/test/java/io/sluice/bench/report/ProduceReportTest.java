package io.sluice.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.bench.ledger.Balance;
import io.sluice.bench.load.LoadShape;
import io.sluice.bench.proc.Memory;
import org.junit.jupiter.api.Test;

class ProduceReportTest {
    private final Measurements measurements = new Measurements();

    @Test
    void theReportTellsFiguresFailuresMemoryAndTheBalance() {
        measurements.add("floor", LoadShape.closed(16), new Sample(12_345, 0.5, 1.5, 2.5, 33.3, 0));
        measurements.add("gateway", LoadShape.closed(16), new Sample(10_000, 0.75, 1.5, 2.5, 40, 3));
        measurements.finish("floor", new Memory(102_400, 204_800), new Balance(5, 5, 0, 0, 0, 0));
        measurements.finish("gateway", new Memory(102_400, 204_800), new Balance(4, 3, 1, 0, 0, 0));

        String report = ProduceReport.render(measurements, Goals.PRODUCE, "gateway", "a machine", "a command");

        assertThat(report)
                .startsWith("a machine\n\n`a command`\n")
                .containsPattern("16 connections +\\| floor +\\| +12,345 \\| +0.50 \\| +1.50 \\| +2.50 \\| +33.3 \\| 0")
                .containsPattern("16 connections +\\| gateway .*\\| 3 \\|")
                .containsPattern("floor +\\| +100 \\| +200 \\|")
                .containsPattern("16 connections +\\| 0.81 \\| 1.20 \\| \\+0.25")
                .contains("acknowledged 9, in Kafka 8, missing 1");
        assertThat(measurements.failed()).isEqualTo(3);
    }

    @Test
    void aBlockOfAResultsFileIsReplacedAndTheRestKept() {
        String text = "before\n<!-- produce -->\nold\n<!-- /produce -->\nafter\n";

        assertThat(ResultsFile.replaced(text, "produce", "new"))
                .isEqualTo("before\n<!-- produce -->\n\nnew\n<!-- /produce -->\nafter\n");
    }

    @Test
    void aBlockThatIsNotThereIsAnError() {
        assertThatThrownBy(() -> ResultsFile.replaced("text", "produce", "new")).hasMessageContaining("produce");
    }
}
