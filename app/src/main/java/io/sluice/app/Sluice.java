package io.sluice.app;

import io.sluice.app.Gateway.StopRequest;
import io.sluice.app.logging.Logging;
import io.sluice.app.settings.Invocation;
import io.sluice.app.settings.Settings;
import io.sluice.app.settings.SettingsReader;
import io.vertx.core.Future;
import java.io.PrintStream;
import java.lang.Thread.UncaughtExceptionHandler;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The program but for its end: from a command line to an exit code. */
public final class Sluice {
    private static final Logger LOG = LoggerFactory.getLogger(Sluice.class);

    private final Settings settings;
    private final PrintStream out;
    private final PrintStream err;
    private final Consumer<ReadyGateway> onReady;
    private final long begin = System.nanoTime();

    private Sluice(Settings settings, PrintStream out, PrintStream err, Consumer<ReadyGateway> onReady) {
        this.settings = settings;
        this.out = out;
        this.err = err;
        this.onReady = onReady;
    }

    /**
     * Runs a gateway until a signal or the API stops it; blocks the caller. A second signal ends the process.
     *
     * @param environment all variables of the process
     * @param out gets the ready line, the help and the version; problems go to standard error
     * @return the exit code: 0 after a clean stop, 1 for a failure while running, 2 for wrong settings
     */
    public static int run(String[] args, Map<String, String> environment, PrintStream out) {
        return run(args, environment, out, ready -> {});
    }

    /**
     * As {@link #run(String[], Map, PrintStream)}, for a program that has something of its own beside the gateway.
     *
     * @param onReady called once, after the ready line, in the thread of the caller; nothing is stopped while it lasts
     */
    public static int run(
            String[] args, Map<String, String> environment, PrintStream out, Consumer<ReadyGateway> onReady) {
        return run(args, environment, out, System.err, onReady);
    }

    static int run(String[] args, Map<String, String> environment, PrintStream out, PrintStream err) {
        return run(args, environment, out, err, ready -> {});
    }

    private static int run(
            String[] args,
            Map<String, String> environment,
            PrintStream out,
            PrintStream err,
            Consumer<ReadyGateway> onReady) {
        Invocation invocation = SettingsReader.read(List.of(args), environment);
        if (invocation instanceof Invocation.Run run) {
            Logging.apply(run.settings());
            run.errors().forEach(LOG::error);
            run.warnings().forEach(LOG::warn);
            run.ignored()
                    .forEach(flag -> LOG.atDebug().addKeyValue("flag", flag).log("has no effect in Sluice"));
            return new Sluice(run.settings(), out, err, onReady).serve();
        }
        if (invocation instanceof Invocation.Invalid invalid) {
            invalid.problems().forEach(err::println);
            return StartFailure.CONFIGURATION;
        }
        if (invocation instanceof Invocation.Check check) {
            return CheckCommand.run(check, out, err);
        }
        if (invocation instanceof Invocation.Await await) {
            return AwaitCommand.run(await.httpPort(), err);
        }
        out.println(((Invocation.Print) invocation).text());
        return 0;
    }

    private int serve() {
        Gateway gateway = Gateway.of(settings);
        Runnable stop = () -> gateway.requestStop(StopRequest.CLEAN);
        Runnable end = () -> Runtime.getRuntime().halt(StartFailure.RUNTIME);
        StopSignals signals = StopSignals.handle(stop, end);
        UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler(gateway::uncaught);
        try {
            return serve(gateway);
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
            signals.close();
        }
    }

    private int serve(Gateway gateway) {
        var started = gateway.start().toCompletionStage().toCompletableFuture();
        var request = gateway.stopRequest().toCompletableFuture();
        try {
            CompletableFuture.anyOf(started, request).join();
        } catch (CompletionException e) {
            stopped(gateway);
            return failed(e.getCause());
        }
        if (started.isDone()) {
            announce(gateway);
        }
        return stop(gateway, request.join());
    }

    private void announce(Gateway gateway) {
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
        String tls = settings.entrance().tls() == null ? "" : ", with TLS";
        String ready = "sluice ready http=" + where("http", gateway.httpPort()) + " grpc="
                + where("grpc", gateway.grpcPort()) + " in " + millis + " ms" + tls;
        out.println(Logging.line(settings, ready, Sluice.class));
        onReady.accept(new ReadyGateway(
                httpAddress(gateway), socket("http", gateway.httpPort()), metricsAddress(gateway), gateway::bindings));
    }

    private URI httpAddress(Gateway gateway) {
        String scheme = settings.entrance().tls() == null ? "http://" : "https://";
        boolean onPort = socket("http", gateway.httpPort()) == null;
        return URI.create(scheme + (onPort ? authority(gateway.httpPort()) : "localhost"));
    }

    private @Nullable URI metricsAddress(Gateway gateway) {
        return gateway.metricsPort() < 0 ? null : URI.create("http://" + authority(gateway.metricsPort()) + "/metrics");
    }

    private String where(String api, int port) {
        Path socket = socket(api, port);
        return socket == null ? authority(port) : "unix:" + socket;
    }

    private @Nullable Path socket(String api, int port) {
        return Wiring.at(settings, api, port).socket();
    }

    private String authority(int port) {
        String host = settings.api().listenAddresses().get(0);
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    private int failed(@Nullable Throwable cause) {
        if (cause instanceof StartFailure failure) {
            failure.problems().forEach(err::println);
            return failure.exitCode();
        }
        LOG.error("cannot start", cause);
        return StartFailure.RUNTIME;
    }

    private int stop(Gateway gateway, StopRequest request) {
        if (request == StopRequest.FORCED) {
            LOG.warn("stopping at once, as told");
            return StartFailure.RUNTIME;
        }
        serveOn(gateway, settings.shutdown().block());
        LOG.info("stopping");
        return stopped(gateway) ? 0 : StartFailure.RUNTIME;
    }

    private static void serveOn(Gateway gateway, Duration block) {
        if (!block.isZero()) {
            LOG.atInfo().addKeyValue("duration", block).log("told to stop: delivering nothing more, serving on");
            gateway.serveOn(block).toCompletionStage().toCompletableFuture().join();
        }
    }

    /** Whether everything stopped in time. */
    private static boolean stopped(Gateway gateway) {
        Future<Void> stop = gateway.stop();
        stop.toCompletionStage()
                .toCompletableFuture()
                .exceptionally(cause -> null)
                .join();
        if (stop.failed()) {
            LOG.warn(stop.cause().getMessage());
        }
        return stop.succeeded();
    }
}
