package io.sluice.auth.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.component.field.Problems;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GrantsTest {
    private static final String WHERE = "config.yaml: sluice.grants";
    private static final Principal NOBODY = new Principal(false, null, null, false);
    private static final Principal TOKEN = new Principal(true, null, null, true);
    private static final Principal CHECKOUT = bearer(new JsonObject()
            .put("sub", "checkout")
            .put("groups", new JsonArray().add("writers").add("shop"))
            .put("scope", "openid orders.write")
            .put("realm_access", new JsonObject().put("roles", new JsonArray().add("operator")))
            .put("level", 3));
    private static final Principal BATCH = new Principal(
            false,
            null,
            new ClientCertificate(
                    new X500Principal("CN=batch, O=Example"),
                    Set.of("DNS:batch.shop.local", "URI:spiffe://shop/batch")),
            true);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "orders     | orders          | true",
                "orders     | orders2         | false",
                "orders     | Orders          | false",
                "payments-* | payments-eu     | true",
                "payments-* | payments-       | true",
                "payments-* | my-payments-eu  | false",
                "*-eu       | payments-eu     | true",
                "a*b*c      | a12b34c         | true",
                "a*b*c      | a12c34b         | false",
                "a.c        | abc             | false",
                "[ab]       | a               | false",
                "*          | ``              | true",
                "*          | `a\nb`          | true"
            })
    void aStarStandsForAnyTextAndNothingElseIsSpecial(String name, String binding, boolean granted) {
        var grants = read("[{'to': 'anybody', 'invoke': '" + name + "'}]");

        assertThat(grants.give(NOBODY, Right.INVOKE, binding)).isEqualTo(granted);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'anybody'                                             | nobody token checkout batch",
                "'authenticated'                                       | token checkout batch",
                "'dapr-api-token'                                      | token",
                "{'subject': 'checkout'}                               | checkout",
                "{'subject': 'check'}                                  | ``",
                "{'claim': 'groups', 'value': 'writers'}               | checkout",
                "{'claim': 'groups', 'value': 'readers'}               | ``",
                "{'claim': 'scope', 'value': 'orders.write'}           | checkout",
                "{'claim': 'scope', 'value': 'orders'}                 | ``",
                "{'claim': 'realm_access.roles', 'value': 'operator'}  | checkout",
                "{'claim': 'realm_access', 'value': 'operator'}        | ``",
                "{'claim': 'level', 'value': 3}                        | checkout",
                "{'certificate': 'cn=batch,o=example'}                  | batch",
                "{'certificate': 'CN=batch'}                           | ``",
                "{'san': 'DNS:Batch.shop.local'}                       | batch",
                "{'san': 'URI:spiffe://shop/batch'}                    | batch",
                "{'san': 'URI:spiffe://shop/other'}                    | ``",
                "{'san': 'email:batch.shop.local'}                     | ``",
                "[{'subject': 'checkout'}, 'dapr-api-token']           | token checkout"
            })
    void aGrantIsToThoseItNames(String to, String granted) {
        var grants = read("[{'to': " + to + ", 'may': ['metadata']}]");

        assertThat(grants.give(NOBODY, Right.METADATA)).isEqualTo(granted.contains("nobody"));
        assertThat(grants.give(TOKEN, Right.METADATA)).isEqualTo(granted.contains("token"));
        assertThat(grants.give(CHECKOUT, Right.METADATA)).isEqualTo(granted.contains("checkout"));
        assertThat(grants.give(BATCH, Right.METADATA)).isEqualTo(granted.contains("batch"));
    }

    @Test
    void eachRightIsGivenByItself() {
        var grants = read("""
                [{'to': 'anybody', 'invoke': ['orders'], 'inspect': ['in*'], 'may': ['health']},
                 {'to': 'dapr-api-token', 'redeliver': 'inbox', 'may': 'shutdown'}]""");

        assertThat(grants.give(TOKEN, Right.INVOKE, "orders")).isTrue();
        assertThat(grants.give(TOKEN, Right.INSPECT, "orders")).isFalse();
        assertThat(grants.give(NOBODY, Right.INSPECT, "inbox")).isTrue();
        assertThat(grants.give(NOBODY, Right.REDELIVER, "inbox")).isFalse();
        assertThat(grants.give(TOKEN, Right.REDELIVER, "inbox")).isTrue();
        assertThat(grants.give(NOBODY, Right.HEALTH)).isTrue();
        assertThat(grants.give(NOBODY, Right.SHUTDOWN)).isFalse();
        assertThat(grants.give(TOKEN, Right.SHUTDOWN)).isTrue();
        assertThat(grants.give(TOKEN, Right.SET_METADATA)).isFalse();
        assertThat(grants.bindings()).containsExactlyInAnyOrder("orders", "inbox");
    }

    @Test
    void withoutGrantsEverybodyMayDoEverything() {
        for (Right right : Right.values()) {
            assertThat(Grants.EVERYTHING.give(NOBODY, right)).isTrue();
            assertThat(Grants.EVERYTHING.give(NOBODY, right, "orders")).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[]                                        | : not a list of grants",
                "['orders']                                | [0]: not a map",
                "[{'invoke': 'orders'}]                    | [0].to: missing",
                "[{'to': 'anybody'}]                       | [0]: gives nothing",
                "[{'to': 'anybody', 'invok': 'x', 'may': 'health'}] | [0].invok: unknown key (did you mean invoke?)",
                "[{'to': 'anybody', 'may': 'shut-down'}]   | [0].may: \"shut-down\" is no right (did you mean shutdown?)",
                "[{'to': 'anybody', 'may': 'invoke'}]      | [0].may: \"invoke\" is no right",
                "[{'to': 'anybody', 'invoke': [{}]}]       | [0].invoke: not a list of names",
                "[{'to': 'anybodi', 'invoke': 'x'}]         | [0].to: \"anybodi\" is nobody known (did you mean anybody?)",
                "[{'to': {'subjct': 'x'}, 'invoke': 'x'}]  | [0].to: subjct: unknown (did you mean subject?)",
                "[{'to': {'claim': 'x'}, 'invoke': 'x'}]   | [0].to: a map of something else",
                "[{'to': {'certificate': 'shop'}, 'invoke': 'x'}] | [0].to: \"shop\" is not the subject of a certificate",
                "[{'to': {'san': 'shop.local'}, 'invoke': 'x'}]   | [0].to: \"shop.local\" is not an alternative name"
            })
    void aMistakeIsToldWithItsPlace(String json, String problem) {
        assertThat(problems(json)).singleElement().asString().startsWith(WHERE + problem);
    }

    @Test
    void everyMistakeIsToldAtOnce() {
        assertThat(problems("[{'to': 'x', 'may': ['a', 'b']}, 3]")).hasSize(4);
    }

    private static Principal bearer(JsonObject claims) {
        return new Principal(false, new Claims(claims), null, true);
    }

    private static Grants read(String json) {
        var problems = new Problems();
        var grants = GrantsReader.read(new JsonArray(json.replace('\'', '"')), WHERE, problems);
        assertThat(problems.errors()).isEmpty();
        return grants;
    }

    private static List<String> problems(String json) {
        var problems = new Problems();
        GrantsReader.read(new JsonArray(json.replace('\'', '"')), WHERE, problems);
        return problems.errors();
    }
}
