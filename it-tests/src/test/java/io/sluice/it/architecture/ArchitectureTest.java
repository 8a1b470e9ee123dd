package io.sluice.it.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.EvaluationResult;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArchitectureTest {
    private static final Rules SLUICE = new Rules("io.sluice");
    private static final Rules FIXTURE = new Rules("io.sluice.it.architecture.fixture");

    private JavaClasses sluice;
    private JavaClasses fixture;

    @BeforeAll
    void readClasses() {
        sluice = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages(SLUICE.root());
        fixture = new ClassFileImporter().importPackages(FIXTURE.root());
    }

    @Test
    void theClassesOfTheModulesAreSeen() {
        assertThat(sluice)
                .extracting(type -> type.getPackageName())
                .contains("io.sluice.core.bus", "io.sluice.dev.kafka");
    }

    @ParameterizedTest
    @MethodSource("rules")
    void sluiceKeepsTheRule(String rule) {
        assertThat(violations(SLUICE, rule, sluice)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void theRuleFindsTheClassThatBreaksIt(String rule) {
        assertThat(violations(FIXTURE, rule, fixture)).isNotEmpty();
    }

    private static Stream<String> rules() {
        return SLUICE.all().keySet().stream();
    }

    private static Iterable<String> violations(Rules rules, String rule, JavaClasses classes) {
        EvaluationResult result = rules.all().get(rule).evaluate(classes);
        return result.getFailureReport().getDetails();
    }
}
