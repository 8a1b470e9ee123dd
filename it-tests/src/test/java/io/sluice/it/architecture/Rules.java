package io.sluice.it.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;

/**
 * The rules, for the classes below a root package: {@code io.sluice}, or a fixture that breaks them.
 *
 * <p>A module has the name of its package: {@code http} is http-gateway, {@code kafka} is kafka-verticles.
 */
record Rules(String root) {
    /** Which modules a module must not know. */
    private static final Map<String, List<String>> UNKNOWN = new TreeMap<>(Map.of(
            "core", List.of("auth", "kafka", "http", "app", "dev", "bench"),
            "auth", List.of("kafka", "http", "app", "dev", "bench"),
            "kafka", List.of("http", "app", "dev", "bench"),
            "http", List.of("kafka", "app", "dev", "bench"),
            "app", List.of("dev", "bench")));

    /** What protoc writes. */
    private static final String GENERATED = "http.grpc.proto";

    /** All rules by the name of what they guard. */
    Map<String, ArchRule> all() {
        Map<String, ArchRule> rules = new LinkedHashMap<>();
        UNKNOWN.forEach((module, unknown) -> rules.put("arrows of " + module, arrows(module, unknown)));
        rules.put("Kafka", onlyIn("org.apache.kafka..", "kafka", "auth", "dev", "bench"));
        rules.put("Kafka's server", onlyIn("kafka..", "dev", "bench"));
        rules.put("vertx-web", onlyIn("io.vertx.ext.web..", "http", "bench"));
        rules.put("environment", environment());
        rules.put("exit", exit());
        rules.put("static fields are final", staticFieldsAreFinal());
        rules.put("static fields hold no state", staticFieldsHoldNoState());
        rules.put("cycles", cycles());
        rules.replaceAll((name, rule) -> rule.allowEmptyShould(true));
        return rules;
    }

    private ArchRule arrows(String module, List<String> unknown) {
        String[] packages = unknown.stream().map(this::below).toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage(below(module))
                .should()
                .dependOnClassesThat(resideInAnyPackage(packages));
    }

    private ArchRule onlyIn(String library, String... modules) {
        return noClasses()
                .that(areOutside(modules))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library);
    }

    private ArchRule environment() {
        return noClasses()
                .that(areOutside("app", "dev", "bench"))
                .should()
                .callMethodWhere(targets(System.class, "getenv"));
    }

    private ArchRule exit() {
        DescribedPredicate<JavaMethodCall> ends =
                targets(System.class, "exit").or(targets(Runtime.class, "exit")).or(targets(Runtime.class, "halt"));
        return noClasses().that(areOutside("app", "dev", "bench")).should().callMethodWhere(ends);
    }

    private ArchRule staticFieldsAreFinal() {
        return fields().that()
                .areStatic()
                .and(areWritten())
                .and()
                .areDeclaredInClassesThat(areOutside(GENERATED))
                .should()
                .beFinal();
    }

    private ArchRule staticFieldsHoldNoState() {
        DescribedPredicate<JavaClass> holders = describe(
                "made to be changed",
                type -> type.getPackageName().equals("java.util.concurrent.atomic")
                        || type.isAssignableTo(ConcurrentMap.class));
        return noFields().that().areStatic().should().haveRawType(holders);
    }

    private ArchRule cycles() {
        return slices().matching(root + ".(**)").should().beFreeOfCycles();
    }

    private DescribedPredicate<JavaClass> areOutside(String... modules) {
        String[] packages = Stream.of(modules).map(this::below).toArray(String[]::new);
        return DescribedPredicate.not(resideInAnyPackage(packages));
    }

    private String below(String module) {
        return root + "." + module + "..";
    }

    private static DescribedPredicate<JavaMember> areWritten() {
        return describe(
                "are not the compiler's", member -> !member.getModifiers().contains(JavaModifier.SYNTHETIC));
    }

    private static DescribedPredicate<JavaMethodCall> targets(Class<?> owner, String method) {
        return describe(
                owner.getSimpleName() + "." + method,
                call -> call.getTargetOwner().isEquivalentTo(owner)
                        && call.getName().equals(method));
    }
}
