package io.sluice.app;

import io.sluice.app.settings.Settings;
import io.sluice.auth.access.Access;
import io.sluice.auth.access.Grants;
import io.sluice.core.binding.BindingCatalog;
import io.sluice.core.binding.KafkaBinding;
import io.sluice.core.component.field.NearestName;
import io.sluice.http.api.ApiServices;
import io.sluice.http.listen.Door;
import io.sluice.http.listen.InvalidTlsException;
import io.sluice.http.listen.ListenerTls;
import io.sluice.http.listen.TlsSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the door that both APIs share, and notes how to stop what it follows. */
final class Doors {
    private static final Logger LOG = LoggerFactory.getLogger(Doors.class);

    private Doors() {}

    /** Fails with a {@link StartFailure} when the TLS files cannot be used. */
    static Future<Door> open(Vertx vertx, Settings settings, ApiServices services, Started started) {
        warnOfStrangers(settings.entrance().access().grants(), services.catalog());
        return tls(vertx, settings.entrance().tls(), started).map(tls -> {
            Access access = Access.start(vertx, settings.entrance().access(), services.health());
            started.add("token checks", () -> {
                access.close();
                return Future.succeededFuture();
            });
            return new Door(access, tls.orElse(null));
        });
    }

    private static Future<Optional<ListenerTls>> tls(Vertx vertx, @Nullable TlsSettings settings, Started started) {
        if (settings == null) {
            return Future.succeededFuture(Optional.empty());
        }
        return vertx.executeBlocking(() -> ListenerTls.load(settings))
                .recover(cause -> Future.failedFuture(
                        cause instanceof InvalidTlsException invalid
                                ? StartFailure.configuration(List.of(invalid.getMessage()))
                                : cause))
                .onSuccess(tls -> {
                    Runnable stop = tls.follow(vertx);
                    started.add("TLS files", () -> {
                        stop.run();
                        return Future.succeededFuture();
                    });
                })
                .map(Optional::of);
    }

    /** No mistake for sure, as such a binding may come later; and nobody gets more by it. */
    private static void warnOfStrangers(Grants grants, BindingCatalog catalog) {
        List<String> known = catalog.all().stream().map(KafkaBinding::name).toList();
        grants.bindings().stream()
                .filter(name -> !known.contains(name))
                .sorted()
                .forEach(name -> LOG.atWarn()
                        .addKeyValue("binding", name)
                        .addKeyValue("nearest", NearestName.of(name, known).orElse("none"))
                        .log("a grant names a binding that is not there"));
    }
}
