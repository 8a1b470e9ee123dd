package io.sluice.http.api;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.sluice.core.message.InvokeRequest;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A call whose body is the value itself.
 *
 * <p>Metadata comes as {@code metadata.NAME}, from query parameters and from headers; of a name given several times the
 * first value counts, and a header wins over a parameter. Query parameters keep the case of their names. Header names
 * have none (HTTP/2 sends them in lower case), so a header's NAME is taken as it came, except that the names which the
 * binding itself looks for are recognised in any case.
 */
final class RawRequest {
    private static final String PREFIX = "metadata.";
    private static final String CONTENT_TYPE = "content-type";
    private static final Map<String, String> KNOWN_NAMES = Map.of(
            "partitionkey", "partitionKey", "partitionnumber", "partitionNumber", "valueschematype", "valueSchemaType");

    /** No bound of its own: the length of the request line bounds it. */
    private static final int MAX_PARAMETERS = Integer.MAX_VALUE;

    private RawRequest() {}

    /**
     * @param body the record's value; an empty one is an empty value, not a tombstone
     * @throws MalformedQueryException when the query has an incomplete {@code %} escape
     */
    static InvokeRequest of(HttpServerRequest request, byte[] body) throws MalformedQueryException {
        var metadata = new LinkedHashMap<String, String>();
        addParameters(metadata, request.uri());
        addHeaders(metadata, request.headers());
        var contentType = request.getHeader(HttpHeaders.CONTENT_TYPE);
        if (contentType != null) {
            metadata.putIfAbsent(CONTENT_TYPE, contentType);
        }
        return new InvokeRequest(InvokeRequest.CREATE, body, metadata);
    }

    private static void addParameters(Map<String, String> metadata, String uri) throws MalformedQueryException {
        if (uri.indexOf('?') >= 0) {
            parameters(uri).forEach((name, values) -> {
                if (name.startsWith(PREFIX)) {
                    metadata.put(name.substring(PREFIX.length()), values.get(0));
                }
            });
        }
    }

    private static Map<String, List<String>> parameters(String uri) throws MalformedQueryException {
        try {
            return new QueryStringDecoder(uri, StandardCharsets.UTF_8, true, MAX_PARAMETERS, true).parameters();
        } catch (IllegalArgumentException incompleteEscape) {
            throw new MalformedQueryException(incompleteEscape);
        }
    }

    private static void addHeaders(Map<String, String> metadata, MultiMap headers) {
        var fromHeaders = new LinkedHashMap<String, String>();
        headers.forEach((name, value) -> {
            if (name.regionMatches(true, 0, PREFIX, 0, PREFIX.length())) {
                fromHeaders.putIfAbsent(canonical(name.substring(PREFIX.length())), value);
            }
        });
        metadata.putAll(fromHeaders);
    }

    private static String canonical(String name) {
        return KNOWN_NAMES.getOrDefault(name.toLowerCase(Locale.ROOT), name);
    }
}
