package io.sluice.app;

import io.sluice.core.binding.KafkaBinding;
import java.net.URI;
import java.util.Collection;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A gateway that accepts requests, as a program around it sees it.
 *
 * @param http where the HTTP API is, {@code http://HOST:PORT} or {@code https://HOST:PORT}
 * @param metrics where the metrics page is, null without one
 * @param bindings gives the bindings of this moment; safe for use from any thread
 */
public record ReadyGateway(URI http, @Nullable URI metrics, Supplier<Collection<KafkaBinding>> bindings) {}
