package io.sluice.http.api;

import io.netty.util.NetUtil;
import io.sluice.http.listen.AllowedOrigins;
import io.sluice.http.listen.ListenAddress;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Refuses requests that a browser sends for a page from elsewhere, where no token is asked for that such a page would not
 * have: any page can send a POST of text to the loopback address, and one whose name is made to mean the loopback address
 * can read the answers too. Programs that are no browsers send none of the headers that are looked at.
 *
 * <p>Belongs to one event loop.
 */
final class RequestGuard {
    private static final Answer NO_HOST = Answer.malformed("the request must have one Host header");

    private static final CharSequence SEC_FETCH_SITE = HttpHeaders.createOptimized("sec-fetch-site");
    private static final String CROSS_SITE = "cross-site";
    private static final String LOCALHOST = "localhost";

    private final AllowedOrigins origins;
    private final ListenAddress at;
    private final boolean onlyLoopback;

    /** The last authority that was found to be one of ours: nearly every request has the same. */
    private String ownAuthority = "";

    RequestGuard(AllowedOrigins origins, ListenAddress at) {
        this.origins = origins;
        this.at = at;
        this.onlyLoopback = at.socket() == null && at.hosts().stream().allMatch(RequestGuard::isLoopback);
    }

    /** Why the head is none of HTTP, or null. */
    static @Nullable Answer malformed(HttpServerRequest request) {
        if (request.version() != HttpVersion.HTTP_1_1) {
            return null;
        }
        return request.headers().getAll(HttpHeaders.HOST).size() == 1 ? null : NO_HOST;
    }

    /** Why a request that shows no token is refused, or null. */
    @Nullable
    Answer refusal(HttpServerRequest request) {
        var origin = request.getHeader(HttpHeaders.ORIGIN);
        if (origin != null) {
            return origins.contain(origin) || isOwn(origin, request)
                    ? foreignHost(request)
                    : forbidden("a page of another origin may not call this API, unless --allowed-origins names it");
        }
        return CROSS_SITE.equals(request.getHeader(SEC_FETCH_SITE))
                ? forbidden("a page of another site may not call this API")
                : foreignHost(request);
    }

    /** On an address that others can reach the names by which they do are not known. */
    private @Nullable Answer foreignHost(HttpServerRequest request) {
        if (!onlyLoopback) {
            return null;
        }
        var authority = authority(request);
        if (authority == null || authority.equals(ownAuthority)) {
            return null;
        }
        if (isOwnName(host(authority))) {
            ownAuthority = authority;
            return null;
        }
        return forbidden(
                "this API is not known by the name in the Host header; call it by its address, or by " + LOCALHOST);
    }

    private boolean isOwnName(String host) {
        return isLoopback(host) || isAddress(host) || at.hosts().contains(host);
    }

    private static boolean isOwn(String origin, HttpServerRequest request) {
        int scheme = origin.indexOf("://");
        var authority = authority(request);
        return scheme > 0 && authority != null && origin.substring(scheme + 3).equalsIgnoreCase(authority);
    }

    private static @Nullable String authority(HttpServerRequest request) {
        var host = request.getHeader(HttpHeaders.HOST);
        if (host != null) {
            return host;
        }
        var authority = request.authority();
        return authority == null ? null : authority.toString();
    }

    /** The name or address without its port and without the brackets of IPv6. */
    private static String host(String authority) {
        if (NetUtil.isValidIpV6Address(authority)) {
            // Without brackets, as some clients write it: then it is all address, and has no port.
            return authority;
        }
        int port = authority.lastIndexOf(':');
        boolean named = port < 0 || authority.endsWith("]");
        var host = (named ? authority : authority.substring(0, port)).toLowerCase(Locale.ROOT);
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    private static boolean isLoopback(String host) {
        return host.isEmpty()
                || host.equals(LOCALHOST)
                || host.endsWith("." + LOCALHOST)
                || (host.startsWith("127.") && isAddress(host))
                || host.equals("::1");
    }

    private static boolean isAddress(String host) {
        return NetUtil.isValidIpV4Address(host) || NetUtil.isValidIpV6Address(host);
    }

    private static Answer forbidden(String message) {
        return Answer.error(403, "ERR_PERMISSION_DENIED", message);
    }
}
