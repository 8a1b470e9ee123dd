package io.sluice.app.settings;

/** The headings of the help text. */
enum Group {
    APP("Your app"),
    FILES("Components and settings"),
    API("The APIs"),
    ENTRANCE("Who may call the APIs"),
    OPERATION("Operation"),
    CLUSTER("Clustered event bus");

    private final String title;

    Group(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }
}
