package io.sluice.app;

import io.sluice.core.binding.KafkaBinding;
import java.net.URI;
import java.nio.file.Path;
import java.util.Collection;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A gateway that accepts requests, as a program around it sees it.
 *
 * @param http where the HTTP API is, {@code http://HOST:PORT} or {@code https://HOST:PORT}
 * @param socket the UNIX domain socket of the HTTP API, null when it listens on a port; {@code http} is then any name for it
 * @param metrics where the metrics page is, null without one
 * @param bindings gives the bindings of this moment; safe for use from any thread
 */
public record ReadyGateway(
        URI http, @Nullable Path socket, @Nullable URI metrics, Supplier<Collection<KafkaBinding>> bindings) {}
