package io.sluice.bench.proc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ProcTextTest {
    private static final String STATUS =
            "Name:\tjava\nVmPeak:\t 9000000 kB\nVmHWM:\t  310000 kB\nVmRSS:\t  300000 kB\n";

    @Test
    void cpuTimeIsTheSumOfUserAndSystemTicks() {
        String stat = "4711 (java) S 1 2 3 0 -1 4194304 10 11 12 13 250 50 90 91 20 0 30 0 100 5000 600";

        assertThat(ProcText.cpuMicros(stat)).isEqualTo(3_000_000);
    }

    @Test
    void aCommandWithBlanksAndParenthesesDoesNotShiftTheFields() {
        String stat = "4711 (a) b (c) S 1 2 3 0 -1 4194304 10 11 12 13 1 2 90 91 20 0 30 0 100 5000 600";

        assertThat(ProcText.cpuMicros(stat)).isEqualTo(30_000);
    }

    @Test
    void aThreadsTimeIsTheFirstFieldInNanoseconds() {
        assertThat(ProcText.threadMicros("1234567890 456 78\n")).isEqualTo(1_234_567);
    }

    @Test
    void theCompilersThreadsAreKnownByTheirNames() {
        assertThat(ProcText.isCompiler("C2 CompilerThre\n")).isTrue();
        assertThat(ProcText.isCompiler("C1 CompilerThre\n")).isTrue();
        assertThat(ProcText.isCompiler("vert.x-eventloo\n")).isFalse();
    }

    @Test
    void sizesAreReadByTheirExactName() {
        assertThat(ProcText.kibibytes(STATUS, "VmRSS")).isEqualTo(300_000);
        assertThat(ProcText.kibibytes(STATUS, "VmHWM")).isEqualTo(310_000);
    }

    @Test
    void aSizeThatIsNotThereIsAnError() {
        assertThatThrownBy(() -> ProcText.kibibytes(STATUS, "VmSwap")).hasMessageContaining("VmSwap");
    }
}
