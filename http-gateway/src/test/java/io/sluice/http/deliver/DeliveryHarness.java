package io.sluice.http.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.core.binding.BindingCatalog;
import io.sluice.core.binding.Secret;
import io.sluice.core.bus.Addresses;
import io.sluice.core.bus.BusCodecs;
import io.sluice.core.bus.DeliveryBatch;
import io.sluice.core.bus.DeliveryGate;
import io.sluice.core.bus.SettlementBatch;
import io.sluice.core.health.Health;
import io.sluice.core.message.Delivery;
import io.sluice.core.message.Delivery.Coordinates;
import io.sluice.core.message.DeliveryResult;
import io.sluice.core.message.RecordHeader;
import io.sluice.http.Complaints;
import io.sluice.http.Waiting;
import io.sluice.http.api.ApiServices;
import io.sluice.http.api.GatewayInfo;
import io.sluice.http.deliver.AppChannelSettings.HealthCheck;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntPredicate;

/** Plays the consuming side against a real {@link AppDelivery}; complains about what is logged and should not be. */
final class DeliveryHarness implements AutoCloseable {
    private static final String ME = Addresses.settlements("test");
    static final int MAX_HEAD_BYTES = 64 * 1024;
    private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(3);

    final Vertx vertx = Vertx.vertx();
    final Complaints complaints = Complaints.listen();
    final Health health = new Health();
    final MeterRegistry meters = new SimpleMeterRegistry();
    final BindingCatalog catalog = new BindingCatalog();
    final List<DeliveryGate> gates = new CopyOnWriteArrayList<>();
    final List<SettlementBatch> settlements = new CopyOnWriteArrayList<>();
    private final Map<Long, Promise<DeliveryResult>> open = new ConcurrentHashMap<>();
    private final AtomicLong ids = new AtomicLong();
    private AppDelivery delivery;

    DeliveryHarness() {
        BusCodecs.register(vertx.eventBus());
        vertx.eventBus().addOutboundInterceptor(sent -> {
            if (sent.body() instanceof DeliveryGate gate) {
                gates.add(gate);
            }
            sent.next();
        });
        vertx.eventBus().<SettlementBatch>localConsumer(ME, message -> settle(message.body()));
    }

    static AppChannelSettings settings(TestApp app) {
        return protocol(app, "http");
    }

    static AppChannelSettings protocol(TestApp app, String protocol) {
        return settings(protocol, "127.0.0.1", app, -1, null, PROBE_TIMEOUT, null);
    }

    static AppChannelSettings address(TestApp app, String protocol, String address) {
        return settings(protocol, address, app, -1, null, PROBE_TIMEOUT, null);
    }

    static AppChannelSettings concurrency(TestApp app, int most) {
        return settings("http", "127.0.0.1", app, most, null, PROBE_TIMEOUT, null);
    }

    static AppChannelSettings token(TestApp app, String token) {
        return settings("http", "127.0.0.1", app, -1, new Secret(token), PROBE_TIMEOUT, null);
    }

    static AppChannelSettings probeTimeout(TestApp app, Duration timeout) {
        return settings("http", "127.0.0.1", app, -1, null, timeout, null);
    }

    static AppChannelSettings checked(TestApp app, int threshold) {
        var check = new HealthCheck("/healthz", Duration.ofMillis(30), Duration.ofSeconds(2), threshold);
        return settings("http", "127.0.0.1", app, -1, null, PROBE_TIMEOUT, check);
    }

    private static AppChannelSettings settings(
            String protocol,
            String address,
            TestApp app,
            int most,
            Secret token,
            Duration probeTimeout,
            HealthCheck check) {
        return new AppChannelSettings(protocol, address, app.port(), most, token, MAX_HEAD_BYTES, probeTimeout, check);
    }

    DeliveryHarness start(AppChannelSettings settings, InputBinding... bindings) {
        load(bindings);
        var info = new GatewayInfo("shop", null, "1.2.3", null);
        var services = new ApiServices(catalog, health, meters, info, now -> {});
        delivery = Waiting.get(AppDelivery.start(vertx, settings, services));
        return this;
    }

    /** As {@link #start}, and waits until every gate is open. */
    DeliveryHarness open(AppChannelSettings settings, InputBinding... bindings) {
        start(settings, bindings);
        for (var binding : bindings) {
            awaitOpen(binding.name());
        }
        return this;
    }

    void load(InputBinding... bindings) {
        catalog.replace(Arrays.stream(bindings).map(InputBinding::toBinding).toList());
    }

    /** Stops delivering, and waits until that has been told. */
    void stop() {
        if (delivery != null) {
            Waiting.get(delivery.stop());
            delivery = null;
            await().until(() -> gates.stream()
                    .map(DeliveryGate::binding)
                    .noneMatch(name -> gate(name).reason().isEmpty()));
        }
    }

    void ask(String binding) {
        vertx.eventBus().publish(Addresses.deliveryGateAsked(), binding, new DeliveryOptions().setLocalOnly(true));
    }

    void lookAtTheCatalog() {
        vertx.eventBus().publish(Addresses.catalogChanged(), "", new DeliveryOptions().setLocalOnly(true));
    }

    DeliveryGate gate(String binding) {
        return gates.stream()
                .filter(gate -> gate.binding().equals(binding))
                .reduce((first, last) -> last)
                .orElse(null);
    }

    void awaitOpen(String binding) {
        await().untilAsserted(() -> assertThat(gate(binding)).isNotNull().matches(DeliveryGate::open));
    }

    void awaitClosed(String binding, String reason) {
        await().untilAsserted(() -> {
            assertThat(gate(binding)).isNotNull();
            assertThat(gate(binding).open()).isFalse();
            assertThat(gate(binding).reason()).contains(reason);
        });
    }

    DeliveryResult deliver(String binding, Delivery record) {
        return Waiting.get(send(binding, record).get(0).future());
    }

    DeliveryResult deliver(String binding, String value) {
        return deliver(binding, record(value));
    }

    /** Sends the records as one batch. */
    List<Promise<DeliveryResult>> send(String binding, Delivery... records) {
        return send(binding, always -> true, records);
    }

    List<Promise<DeliveryResult>> send(String binding, IntPredicate wanted, Delivery... records) {
        var numbers = new long[records.length];
        var promises = new ArrayList<Promise<DeliveryResult>>();
        for (int i = 0; i < records.length; i++) {
            numbers[i] = ids.incrementAndGet();
            Promise<DeliveryResult> promise = Promise.promise();
            open.put(numbers[i], promise);
            promises.add(promise);
        }
        vertx.eventBus()
                .send(
                        Addresses.deliver(binding),
                        new DeliveryBatch(ME, numbers, records, wanted),
                        new DeliveryOptions().setLocalOnly(true));
        return promises;
    }

    static Delivery record(String value, RecordHeader... headers) {
        return record(null, value, headers);
    }

    static Delivery record(String key, String value, RecordHeader... headers) {
        return new Delivery(
                new Coordinates("topic", 3, 42), 1700000000123L, bytes(key), bytes(value), List.of(headers));
    }

    static RecordHeader header(String name, String value) {
        return new RecordHeader(name, bytes(value));
    }

    static byte[] bytes(String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }

    private void settle(SettlementBatch batch) {
        settlements.add(batch);
        for (int i = 0; i < batch.size(); i++) {
            var promise = open.remove(batch.id(i));
            if (promise == null) {
                throw new AssertionError("settled twice or never sent: " + batch.id(i));
            }
            promise.complete(batch.result(i));
        }
    }

    /** There is one complaint so far for each of these texts, which it has in it. */
    void expectComplaints(String... texts) {
        assertThat(complaints.take())
                .zipSatisfy(List.of(texts), (line, text) -> assertThat(line).contains(text));
    }

    @Override
    public void close() {
        stop();
        Waiting.get(vertx.close());
        complaints.close();
    }
}
