package io.sluice.it.auth;

import io.sluice.it.gateway.Component;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * A binding that cannot log in. Its topic is the one of all cases, whether it only produces or consumes too.
 *
 * @param told what everybody is told, or how that begins
 * @param repair makes it right; it gets the component's file
 */
record LoginFailureCase(Component component, String told, Consumer<Path> repair) {
    /** One that is made right elsewhere. */
    static LoginFailureCase of(Component component, String told, Runnable repair) {
        return new LoginFailureCase(component, told, file -> repair.run());
    }

    /** One whose component is made right. */
    static LoginFailureCase corrected(Component component, String told, Component right) {
        return new LoginFailureCase(component, told, file -> write(file, right.yaml()));
    }

    String name() {
        return component.name();
    }

    boolean consumes() {
        return component.field("direction").contains("input");
    }

    static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name();
    }
}
