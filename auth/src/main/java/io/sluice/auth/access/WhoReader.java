package io.sluice.auth.access;

import io.sluice.core.component.field.NearestName;
import io.sluice.core.component.field.Problems;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.x500.X500Principal;

/** Reads to whom a grant is given: a word, or a map of one kind. */
final class WhoReader {
    private static final Map<String, Who> WORDS = Map.of(
            "anybody", new Who.Anybody(),
            "authenticated", new Who.Authenticated(),
            "dapr-api-token", new Who.HasApiToken());
    private static final String SUBJECT = "subject";
    private static final String CLAIM = "claim";
    private static final String VALUE = "value";
    private static final String CERTIFICATE = "certificate";
    private static final String SAN = "san";
    private static final List<String> KINDS = List.of(SUBJECT, CLAIM, CERTIFICATE, SAN);

    static final String ALLOWED = "anybody, authenticated, dapr-api-token, {subject: …}, {claim: …, value: …},"
            + " {certificate: …}, {san: …}";

    private WhoReader() {}

    /** Empty after a mistake, which is noted. */
    static Optional<Who> read(Object item, String where, Problems problems) {
        if (item instanceof JsonObject map) {
            return kind(map, where, problems);
        }
        var word = String.valueOf(item);
        var who = item instanceof JsonArray ? null : WORDS.get(word);
        if (who == null) {
            var hint = NearestName.of(word, WORDS.keySet())
                    .map(near -> "did you mean " + near + "?")
                    .orElse(ALLOWED);
            problems.error(where, '"' + word + "\" is nobody known (" + hint + ")");
        }
        return Optional.ofNullable(who);
    }

    private static Optional<Who> kind(JsonObject map, String where, Problems problems) {
        Set<String> keys = map.fieldNames();
        if (keys.equals(Set.of(CLAIM, VALUE))) {
            return Optional.of(new Who.HasClaim(text(map, CLAIM), text(map, VALUE)));
        }
        if (keys.equals(Set.of(SUBJECT))) {
            return Optional.of(new Who.Subject(text(map, SUBJECT)));
        }
        if (keys.equals(Set.of(CERTIFICATE))) {
            return certificate(text(map, CERTIFICATE), where, problems);
        }
        if (keys.equals(Set.of(SAN))) {
            return alternativeName(text(map, SAN), where, problems);
        }
        problems.error(where, hint(keys));
        return Optional.empty();
    }

    private static Optional<Who> certificate(String name, String where, Problems problems) {
        try {
            return Optional.of(new Who.CertificateSubject(new X500Principal(name)));
        } catch (IllegalArgumentException e) {
            problems.error(where, '"' + name + "\" is not the subject of a certificate (such as CN=shop,O=Example)");
            return Optional.empty();
        }
    }

    private static Optional<Who> alternativeName(String name, String where, Problems problems) {
        var known = AlternativeName.parse(name);
        if (known.isEmpty()) {
            problems.error(where, '"' + name + "\" is not an alternative name (DNS:…, URI:…, email:…)");
        }
        return known.map(Who.CertificateName::new);
    }

    private static String hint(Set<String> keys) {
        return keys.stream()
                .filter(key -> !KINDS.contains(key) && !key.equals(VALUE))
                .findFirst()
                .flatMap(key -> NearestName.of(key, KINDS).map(near -> key + ": unknown (did you mean " + near + "?)"))
                .orElse("a map of something else than one kind of callers (" + ALLOWED + ")");
    }

    private static String text(JsonObject map, String key) {
        return String.valueOf(map.getValue(key));
    }
}
