package io.sluice.auth.access;

import static io.sluice.auth.access.TestIssuer.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.health.Health;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BearerTokensTest {
    private final Vertx vertx = Vertx.vertx();
    private final Health health = new Health();
    private final AtomicLong clock = new AtomicLong();
    private final TestIssuer issuer = new TestIssuer(vertx);

    @AfterEach
    void close() {
        await(vertx.close());
    }

    @Test
    void aTokenOfTheIssuerIsTakenEvenBeforeItsKeysAreHere() {
        var tokens = BearerTokens.start(vertx, issuer.settings(), health, clock::get);

        var checked = await(tokens.check(issuer.token("first", issuer.claims())));

        assertThat(checked).isInstanceOfSatisfying(CheckedToken.Valid.class, valid -> assertThat(
                        valid.claims().hasSubject("checkout"))
                .isTrue());
        assertThat(issuer.keyFetches).hasValue(1);
        assertThat(health.targets().get("oidc").ready()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("wrongClaims")
    void aTokenThatIsNotForUsIsRefusedWithTheReason(String reason, Consumer<JsonObject> change) {
        var claims = issuer.claims();
        change.accept(claims);

        assertThat(await(ready().check(issuer.token("first", claims)))).isEqualTo(new CheckedToken.Invalid(reason));
        assertThat(await(ready().check(issuer.forged("first", claims)))).isEqualTo(new CheckedToken.Invalid(reason));
    }

    static Stream<Arguments> wrongClaims() {
        long now = Instant.now().getEpochSecond();
        return Stream.of(
                wrong("it has expired", claims -> claims.put("exp", now - 60)),
                wrong("it has no expiry", claims -> claims.remove("exp")),
                wrong("it has no expiry", claims -> claims.put("exp", "never")),
                wrong("it is not valid yet", claims -> claims.put("nbf", now + 3600)),
                wrong("it is not valid yet", claims -> claims.put("nbf", "soon")),
                wrong("it is not valid yet", claims -> claims.put("iat", now + 3600)),
                wrong("it is from another issuer", claims -> claims.put("iss", "https://evil.example")),
                wrong("it is from another issuer", claims -> claims.remove("iss")),
                wrong("it is for another audience", claims -> claims.put("aud", "sluic")),
                wrong("it is for another audience", claims -> claims.put("aud", new JsonArray().add("a"))),
                wrong("it is for another audience", claims -> claims.put("aud", new JsonObject())),
                wrong("it is for another audience", claims -> claims.remove("aud")));
    }

    private static Arguments wrong(String reason, Consumer<JsonObject> change) {
        return Arguments.of(reason, change);
    }

    @ParameterizedTest
    @ValueSource(ints = {-20, 20})
    void clocksMayDifferAFewSeconds(int seconds) {
        long now = Instant.now().getEpochSecond();
        var claims = seconds < 0
                ? issuer.claims().put("exp", now + seconds)
                : issuer.claims().put("nbf", now + seconds);

        assertThat(await(ready().check(issuer.token("first", claims)))).isInstanceOf(CheckedToken.Valid.class);
    }

    @Test
    void oneOfSeveralAudiencesSuffices() {
        var claims = issuer.claims().put("aud", new JsonArray().add("somebody").add("other-name"));

        assertThat(await(ready().check(issuer.token("first", claims)))).isInstanceOf(CheckedToken.Valid.class);
    }

    @Test
    void whatTheIssuerHasNotSignedIsRefused() {
        var tokens = ready();
        var claims = issuer.claims();
        var good = issuer.token("first", claims);
        var foreign = issuer.token("first", claims.copy().put("sub", "admin"));

        Stream.of(
                        issuer.forged("first", claims),
                        issuer.forged("unknown", claims),
                        issuer.signedWithThePublicKey("first", claims),
                        issuer.signedWithThePublishedSecret(claims),
                        issuer.unsigned(claims),
                        issuer.unsigned(claims) + "AAAA",
                        good.substring(0, good.lastIndexOf('.')) + foreign.substring(foreign.lastIndexOf('.')),
                        good.substring(0, good.lastIndexOf('.') + 1),
                        good + ".AAAA")
                .forEach(token ->
                        assertThat(await(tokens.check(token))).as(token).isInstanceOf(CheckedToken.Invalid.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "...", "a.b.c", "e30.e30.e30", "ey.%.", "\u00fc.\u00fc.\u00fc"})
    void whatIsNoTokenIsRefused(String nonsense) {
        assertThat(await(ready().check(nonsense))).isInstanceOf(CheckedToken.Invalid.class);
    }

    @Test
    void aNewKeyIsFetchedByTheFirstTokenThatNeedsItAndByNoMoreThanOne() {
        var tokens = ready();
        passTime();
        issuer.rotateTo("second");
        var token = issuer.token("second", issuer.claims());

        var checks = IntStream.range(0, 20).mapToObj(i -> tokens.check(token)).toList();

        await(Future.all(checks));
        assertThat(checks).allMatch(check -> check.result() instanceof CheckedToken.Valid);
        assertThat(issuer.keyFetches).hasValue(2);
        assertThat(await(tokens.check(issuer.token("first", issuer.claims()))))
                .as("the old key is gone")
                .isInstanceOf(CheckedToken.Invalid.class);
    }

    @Test
    void tokensOfUnknownKeysDoNotFloodTheIssuer() {
        var tokens = ready();
        passTime();

        IntStream.range(0, 100).forEach(i -> await(tokens.check(issuer.forged("key-" + i % 3, issuer.claims()))));

        assertThat(issuer.keyFetches).hasValue(2);
    }

    @Test
    void whileTheIssuerIsAwayItsKnownKeysGoOn() {
        var tokens = ready();
        var token = issuer.token("first", issuer.claims());
        issuer.stop();

        var checked = tokens.check(token);

        assertThat(checked.isComplete()).isTrue();
        assertThat(checked.result()).isInstanceOf(CheckedToken.Valid.class);
        assertThat(await(tokens.check(issuer.forged("unknown", issuer.claims()))))
                .isInstanceOf(CheckedToken.Invalid.class);
    }

    @Test
    void withoutAnyKeyItIsNotKnownWhetherATokenIsGoodAndHealthSaysWhy() {
        issuer.answer(503);
        var tokens = BearerTokens.start(vertx, issuer.settings(), health, clock::get);

        assertThat(await(tokens.check(issuer.token("first", issuer.claims()))))
                .isInstanceOf(CheckedToken.Unknown.class);
        assertThat(health.targets().get("oidc").ready()).isFalse();

        issuer.answer(200);
        awaitKeys();
        assertThat(await(tokens.check(issuer.token("first", issuer.claims())))).isInstanceOf(CheckedToken.Valid.class);
    }

    @Test
    void aSetWithoutAKeyDoesNotTakeAwayTheKnownOnes() {
        var tokens = ready();
        passTime();
        issuer.publishNothing();

        assertThat(await(tokens.check(issuer.forged("unknown", issuer.claims()))))
                .isInstanceOf(CheckedToken.Invalid.class);

        assertThat(issuer.keyFetches).hasValue(2);
        assertThat(await(tokens.check(issuer.token("first", issuer.claims())))).isInstanceOf(CheckedToken.Valid.class);
    }

    @Test
    void aDiscoveryDocumentOfAnotherIssuerIsNotBelieved() {
        issuer.claimToBe("https://evil.example");
        var tokens = BearerTokens.start(vertx, issuer.settings(), health, clock::get);

        assertThat(await(tokens.check(issuer.token("first", issuer.claims()))))
                .isInstanceOf(CheckedToken.Unknown.class);
        assertThat(issuer.keyFetches).hasValue(0);
    }

    @Test
    void theKeysMayBeSomewhereElse() {
        var settings = issuer.settings();
        issuer.claimToBe("nobody");
        var direct = new OidcSettings(settings.issuer(), settings.audiences(), issuer.url() + "/keys", null);
        var tokens = BearerTokens.start(vertx, direct, health, clock::get);

        assertThat(await(tokens.check(issuer.token("first", issuer.claims())))).isInstanceOf(CheckedToken.Valid.class);
    }

    /** So that the issuer may be asked again. */
    private void passTime() {
        clock.addAndGet(TimeUnit.MINUTES.toNanos(1));
    }

    private BearerTokens ready() {
        var tokens = BearerTokens.start(vertx, issuer.settings(), health, clock::get);
        awaitKeys();
        return tokens;
    }

    private void awaitKeys() {
        Awaitility.await()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .atMost(20, TimeUnit.SECONDS)
                .until(() -> health.targets().get("oidc").ready());
    }
}
