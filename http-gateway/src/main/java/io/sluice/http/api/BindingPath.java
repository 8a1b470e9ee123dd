package io.sluice.http.api;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The path of a call of a binding, recognised without a router because nearly every request is one.
 *
 * @param name the binding's name, decoded
 * @param raw whether the body is the value itself
 */
record BindingPath(String name, boolean raw) {
    private static final String ENVELOPE = "/v1.0/bindings/";
    private static final String RAW = "/v1.0-sluice/bindings/";
    private static final String RAW_END = "/raw";

    /** Takes a request's path as it was sent; returns null when it is not that of a binding. */
    static @Nullable BindingPath parse(String sent) {
        var path = clean(sent);
        if (path.startsWith(ENVELOPE)) {
            return of(path.substring(ENVELOPE.length()), false);
        }
        if (path.startsWith(RAW) && path.endsWith(RAW_END) && path.length() > RAW.length() + RAW_END.length()) {
            return of(path.substring(RAW.length(), path.length() - RAW_END.length()), true);
        }
        return null;
    }

    /** Without empty segments: doubled slashes count once, one at the end does not count. */
    static String clean(String path) {
        var single = path.contains("//") ? path.replaceAll("/{2,}", "/") : path;
        return single.endsWith("/") ? single.substring(0, single.length() - 1) : single;
    }

    private static @Nullable BindingPath of(String segment, boolean raw) {
        return segment.isEmpty() || segment.indexOf('/') >= 0 ? null : new BindingPath(decode(segment), raw);
    }

    /** As Go's {@code url.QueryUnescape}: {@code +} is a blank. A name that cannot be decoded is nobody's. */
    private static String decode(String segment) {
        if (segment.indexOf('%') < 0 && segment.indexOf('+') < 0) {
            return segment;
        }
        try {
            return URLDecoder.decode(segment, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException incompleteEscape) {
            return segment;
        }
    }
}
