package io.sluice.it.auth;

import io.sluice.it.gateway.Component;

/**
 * A binding that cannot log in.
 *
 * @param message follows the brokers' address in what is told
 * @param repair makes it right
 */
record LoginFailureCase(Component component, LoginFailureRelay relay, String message, Runnable repair) {
    String name() {
        return component.name();
    }

    String told() {
        return "kafka at " + relay.address() + message;
    }

    boolean consumes() {
        return LoginFailureCases.INPUTS.contains(name());
    }

    @Override
    public String toString() {
        return name();
    }
}
