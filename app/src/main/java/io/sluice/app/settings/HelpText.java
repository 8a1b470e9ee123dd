package io.sluice.app.settings;

import java.util.stream.Stream;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.ColorScheme;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.Column.Overflow;
import picocli.CommandLine.Help.TextTable;

/** What {@code --help} and {@code --version} print, and the table of flags in {@code docs/configuration.md}. */
final class HelpText {
    private static final String INTRODUCTION = """
        sluice: a gateway between HTTP, gRPC and event-bus clients and Apache Kafka.
        It reads Dapr's bindings.kafka component files and serves Dapr's API for them.

        Usage: sluice --app-id ID [FLAGS]        one dash or two, --flag value or --flag=value
               sluice check --app-id ID [FLAGS]  says what would run, or what is wrong, and ends; also --dry-run
        """;
    private static final String REST = """

        Each flag is also an environment variable (--app-id is SLUICE_APP_ID) and a key of the file of
        --config; flags win, then the environment, then the file. Flags of daprd about what Sluice does
        not have (placement, scheduler, sentry, ...) are accepted and ignored.

        Environment, as daprd: DAPR_API_TOKEN (asked of every caller), APP_API_TOKEN (sent to your app),
        NAMESPACE, POD_NAME, DAPR_HTTP_PORT, DAPR_GRPC_PORT.

        Exit codes: 0 after a clean stop, 1 for a failure while running, 2 for wrong settings.

        Examples:
          sluice --app-id orders --resources-path ./components
          sluice --app-id orders --app-port 8080 --dapr-http-port 0 --log-level debug
          curl -X POST localhost:3500/v1.0/bindings/myKafka -d '{"operation":"create","data":{"id":1}}'
        """;
    private static final int FLAG_COLUMN = 40;
    private static final int MEANING_COLUMN = 64;

    private HelpText() {}

    static String help() {
        var text = new StringBuilder(INTRODUCTION);
        for (Group group : Group.values()) {
            var table = table();
            Stream.of(Flag.values()).filter(flag -> flag.group() == group).forEach(flag -> addRow(table, flag));
            text.append('\n').append(group.title()).append(":\n").append(table);
        }
        return text.append(REST).toString();
    }

    static String version() {
        return "sluice " + Version.number() + " (Java " + Runtime.version() + ")";
    }

    /** As daprd's, the version first. */
    static String buildInfo() {
        return "Version: " + Version.number() + "\nJava: " + Runtime.version();
    }

    /** The flags as a Markdown table. */
    static String markdown() {
        var text = new StringBuilder("| flag | environment | default | meaning |\n| --- | --- | --- | --- |\n");
        for (Flag flag : Flag.values()) {
            text.append("| `").append(flag.option()).append("` | `");
            text.append(String.join("`, `", flag.variables())).append("` | ");
            text.append(flag.defaultValue().isEmpty() ? "" : "`" + flag.defaultValue() + "`");
            text.append(" | ").append(flag.meaning()).append(" |\n");
        }
        return text.toString();
    }

    private static TextTable table() {
        ColorScheme plain = Help.defaultColorScheme(Ansi.OFF);
        return TextTable.forColumns(
                plain, new Column(FLAG_COLUMN, 2, Overflow.SPAN), new Column(MEANING_COLUMN, 1, Overflow.WRAP));
    }

    private static void addRow(TextTable table, Flag flag) {
        String placeholder = flag.placeholder().isEmpty() ? "" : " " + flag.placeholder();
        String given = flag.defaultValue().isEmpty() ? "" : " (default " + flag.defaultValue() + ")";
        table.addRowValues(flag.option() + placeholder, flag.meaning() + given);
    }
}
