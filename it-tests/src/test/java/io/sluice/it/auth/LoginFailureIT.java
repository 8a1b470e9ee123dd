package io.sluice.it.auth;

import io.vertx.core.Vertx;
import java.util.List;

/** Passwords, certificates and listeners that do not fit; made right on the broker's side. */
class LoginFailureIT extends LoginFailureSteps {
    private final Vertx vertx = Vertx.vertx();
    private final LoginFailureBroker broker = new LoginFailureBroker(List.of(TOPIC));

    @Override
    List<LoginFailureCase> newCases() {
        return new LoginFailureCases(vertx, broker).all();
    }

    @Override
    String openDoor() {
        return broker.address(LoginFailureBroker.Door.PLAIN);
    }

    @Override
    void closeBroker() {
        broker.close();
        vertx.close().await();
    }
}
