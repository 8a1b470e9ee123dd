package io.sluice.http.deliver;

/** What went wrong on the way to the app, in words. */
final class Causes {
    private Causes() {}

    static String text(Throwable cause) {
        var message = cause.getMessage();
        return message == null || message.isBlank() ? cause.getClass().getSimpleName() : message;
    }
}
