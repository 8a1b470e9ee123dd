package io.sluice.it.avro;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

final class RegistryExtension implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(RegistryExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TestRegistry.class;
    }

    @Override
    public TestRegistry resolveParameter(ParameterContext parameter, ExtensionContext context) {
        // The root store lives as long as the JVM's test run, and closes what is AutoCloseable at its end.
        return context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(TestRegistry.class, key -> TestRegistry.start(), TestRegistry.class);
    }
}
