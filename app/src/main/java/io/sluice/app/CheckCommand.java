package io.sluice.app;

import io.sluice.app.settings.Invocation;
import io.sluice.app.settings.Invocation.FlagText;
import io.sluice.app.settings.Settings;
import io.sluice.app.settings.Settings.AppChannel;
import io.sluice.auth.access.AccessSettings;
import io.sluice.auth.access.ClientCertificates;
import io.sluice.core.binding.DeliverySettings.Target;
import io.sluice.core.binding.KafkaBinding;
import io.sluice.core.component.LoadResult;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The command {@code check}: says what would run, secrets masked, or everything that is wrong. Nothing is started. */
final class CheckCommand {
    private CheckCommand() {}

    /**
     * Blocks the caller while component files are read.
     *
     * @param out gets what would run
     * @param err gets the problems, one a line
     * @return the exit code: 0, or 2 for a problem
     */
    static int run(Invocation.Check check, PrintStream out, PrintStream err) {
        Settings settings = check.run().settings();
        LoadResult loaded = new Components(settings).read();
        if (!loaded.problems().isEmpty()) {
            loaded.problems().forEach(err::println);
            return StartFailure.CONFIGURATION;
        }
        lines(check, loaded).forEach(out::println);
        return 0;
    }

    private static List<String> lines(Invocation.Check check, LoadResult loaded) {
        var lines = new ArrayList<String>();
        check.run().errors().forEach(error -> lines.add("ERROR " + error));
        check.run().warnings().forEach(warning -> lines.add("WARN  " + warning));
        loaded.warnings().forEach(warning -> lines.add("WARN  " + warning));
        lines.add("flags:");
        check.flags().forEach(flag -> lines.add(line(flag)));
        lines.add("callers: " + callers(check.run().settings()));
        lines.add("bindings: " + loaded.bindings().size());
        loaded.bindings()
                .forEach(binding -> lines.addAll(lines(binding, check.run().settings())));
        return lines;
    }

    private static String line(FlagText flag) {
        String origin = flag.origin().equals(flag.option()) ? "" : "  (" + flag.origin() + ")";
        return "  " + flag.option() + " " + flag.value() + origin;
    }

    private static String callers(Settings settings) {
        AccessSettings access = settings.entrance().access();
        if (!access.authenticates()) {
            return "all who reach " + String.join(", ", settings.api().listenAddresses());
        }
        var ways = new ArrayList<String>();
        if (access.apiToken() != null) {
            ways.add("with the token of DAPR_API_TOKEN");
        }
        if (access.oidc() != null) {
            ways.add("with a bearer token of " + access.oidc().issuer());
        }
        if (access.certificates() != ClientCertificates.NONE) {
            ways.add("with a client certificate");
        }
        return String.join(", ", ways);
    }

    private static List<String> lines(KafkaBinding binding, Settings settings) {
        var lines = new ArrayList<String>();
        lines.add("  " + binding.name() + ": brokers "
                + String.join(", ", binding.connection().brokers()) + ", login " + login(binding));
        if (binding.isInput()) {
            lines.add("    input: topics " + String.join(", ", binding.topics()) + ", group "
                    + binding.consumer().group() + ", to " + target(binding, settings));
        }
        if (binding.isOutput()) {
            lines.add("    output: topic "
                    + Optional.ofNullable(binding.publishTopic()).orElse("missing") + ", records up to "
                    + binding.producer().maxMessageBytes() + " bytes");
        }
        return lines;
    }

    private static String login(KafkaBinding binding) {
        String type = binding.auth().getClass().getSimpleName().toLowerCase(Locale.ROOT);
        return type + (binding.auth().tls().enabled() ? " with TLS" : " without TLS");
    }

    private static String target(KafkaBinding binding, Settings settings) {
        if (binding.delivery().target() == Target.EVENTBUS) {
            return "the event bus";
        }
        AppChannel app = settings.channel();
        return app == null
                ? "nothing: " + binding.name() + " is for an app, and there is no --app-port"
                : app.protocol().name().toLowerCase(Locale.ROOT) + "://" + app.address() + ":" + app.port() + "/"
                        + binding.route();
    }
}
