package io.sluice.app.settings;

import io.sluice.app.settings.Settings.AppChannel;
import io.sluice.app.settings.Settings.AppHealth;
import io.sluice.app.settings.Settings.Protocol;
import io.sluice.core.binding.Secret;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The flags about the user's app. Where daprd takes zero and less for its default, so it is here. */
final class AppReader {
    /** The characters of RFC 3986's path and query. */
    private static final Pattern PATH = Pattern.compile("[\\p{Alnum}/._~!$&'()*+,;=:@%?-]+");

    private static final int LONGEST_SECONDS = 86_400;

    private final FlagReader flags;

    AppReader(FlagReader flags) {
        this.flags = flags;
    }

    /** Null when there is no app; what is wrong is noted in any case. */
    @Nullable
    AppChannel read(@Nullable Secret apiToken, int maxHeadSize) {
        int port = Math.max(0, flags.integer(Flag.APP_PORT, Integer.MIN_VALUE, FlagReader.LAST_PORT));
        var channel = new AppChannel(
                port,
                protocol(),
                flags.host(Flag.APP_CHANNEL_ADDRESS),
                noLimitBelowOne(flags.integer(Flag.APP_MAX_CONCURRENCY, Integer.MIN_VALUE, Integer.MAX_VALUE)),
                apiToken,
                maxHeadSize,
                optionsTimeout(),
                health());
        return port == 0 ? null : channel;
    }

    private Protocol protocol() {
        Protocol protocol = flags.choice(Flag.APP_PROTOCOL, Protocol.class);
        if (!flags.isOn(Flag.APP_SSL)) {
            return protocol;
        }
        return switch (protocol) {
            case HTTP, HTTPS -> Protocol.HTTPS;
            case GRPC, GRPCS -> Protocol.GRPCS;
            case H2C -> {
                flags.warn(Flag.APP_SSL, "has no effect: " + Flag.APP_PROTOCOL.option() + " h2c has no TLS");
                yield protocol;
            }
        };
    }

    private static int noLimitBelowOne(int number) {
        return number < 1 ? -1 : number;
    }

    private Duration optionsTimeout() {
        Duration timeout = flags.duration(Flag.APP_BINDING_OPTIONS_TIMEOUT);
        return timeout.compareTo(Duration.ZERO) > 0 ? timeout : flags.defaultDuration(Flag.APP_BINDING_OPTIONS_TIMEOUT);
    }

    private @Nullable AppHealth health() {
        String path = flags.text(Flag.APP_HEALTH_CHECK_PATH).orElse("");
        if (!PATH.matcher(path).matches()) {
            flags.reject(Flag.APP_HEALTH_CHECK_PATH, "not the path of a URL (such as /healthz)");
        }
        var interval = Duration.ofSeconds(flags.positive(Flag.APP_HEALTH_PROBE_INTERVAL, LONGEST_SECONDS));
        var timeout = Duration.ofMillis(flags.positive(Flag.APP_HEALTH_PROBE_TIMEOUT, LONGEST_SECONDS * 1000));
        if (timeout.compareTo(interval) > 0) {
            flags.reject(Flag.APP_HEALTH_PROBE_TIMEOUT, "longer than " + Flag.APP_HEALTH_PROBE_INTERVAL.option());
        }
        int threshold = flags.positive(Flag.APP_HEALTH_THRESHOLD, Integer.MAX_VALUE);
        boolean enabled = flags.isOn(Flag.ENABLE_APP_HEALTH_CHECK);
        return enabled ? new AppHealth(path.startsWith("/") ? path : "/" + path, interval, timeout, threshold) : null;
    }
}
