package io.sluice.auth.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.auth.token.Token;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/** The expected URLs come from signers that have nothing in common with ours. */
class ConnectSignerTest {
    private static final Instant NOW = Instant.parse("2026-11-22T17:00:00Z");
    private static final AwsCredentialsIdentity KEYS =
            AwsCredentialsIdentity.create("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");

    /** The vector of github.com/confluentinc/librdkafka/pull/3496, src/rdkafka_aws.c. */
    @Test
    void theSignatureIsThatOfThePublishedVector() {
        var signer = new ConnectSigner("hostname", "us-east-1", at(Instant.parse("2010-01-01T00:00:00Z")));

        var token = signer.sign(AwsCredentialsIdentity.create("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"));

        assertUrl(token, """
                https://hostname/?Action=kafka-cluster%3AConnect\
                &User-Agent=sluice\
                &X-Amz-Algorithm=AWS4-HMAC-SHA256\
                &X-Amz-Credential=AWS_ACCESS_KEY_ID%2F20100101%2Fus-east-1%2Fkafka-cluster%2Faws4_request\
                &X-Amz-Date=20100101T000000Z\
                &X-Amz-Expires=900\
                &X-Amz-Signature=d3eeeddfb2c2b76162d583d7499c2364eb9a92b248218e31866659b18997ef44\
                &X-Amz-SignedHeaders=host""");
    }

    /** Made with SigV4QueryAuth of botocore 1.44.5, on which aws-msk-iam-sasl-signer-python stands. */
    @Test
    void theTokenOfAPermanentKeyIsThatOfAmazonsSignerForPython() {
        var token = ConnectSigner.of("eu-central-1", at(NOW)).sign(KEYS);

        assertUrl(token, """
                https://kafka.eu-central-1.amazonaws.com/?Action=kafka-cluster%3AConnect\
                &User-Agent=sluice\
                &X-Amz-Algorithm=AWS4-HMAC-SHA256\
                &X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20261122%2Feu-central-1%2Fkafka-cluster%2Faws4_request\
                &X-Amz-Date=20261122T170000Z\
                &X-Amz-Expires=900\
                &X-Amz-Signature=b34fab2d21bed950495c7a21ac5d9a9167066c310fe6674dbe02a5a65dcf35b8\
                &X-Amz-SignedHeaders=host""");
    }

    /** Made like the one before; the session token has what must be encoded and what must not. */
    @Test
    void theTokenOfATemporaryKeyIsThatOfAmazonsSignerForPython() {
        var credentials = AwsSessionCredentialsIdentity.create(
                "ASIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "AQoDYXdzEJr/+a b=~*'()!");

        var token = ConnectSigner.of("us-gov-west-1", at(NOW)).sign(credentials);

        assertUrl(token, """
                https://kafka.us-gov-west-1.amazonaws.com/?Action=kafka-cluster%3AConnect\
                &User-Agent=sluice\
                &X-Amz-Algorithm=AWS4-HMAC-SHA256\
                &X-Amz-Credential=ASIAIOSFODNN7EXAMPLE%2F20261122%2Fus-gov-west-1%2Fkafka-cluster%2Faws4_request\
                &X-Amz-Date=20261122T170000Z\
                &X-Amz-Expires=900\
                &X-Amz-Security-Token=AQoDYXdzEJr%2F%2Ba%20b%3D~%2A%27%28%29%21\
                &X-Amz-Signature=58d4076e04d0f4fc3fab442b796c267b247de9bb3d897445cf74521e956385f5\
                &X-Amz-SignedHeaders=host""");
    }

    @Test
    void aTokenIsGoodForAQuarterOfAnHourButNotForLongerThanTheCredentials() {
        assertThat(ConnectSigner.of("eu-central-1", at(NOW)).sign(KEYS).lifetime())
                .isEqualTo(Duration.ofMinutes(15));
        assertThat(lifetimeWithCredentialsUntil(NOW.plusSeconds(60))).isEqualTo(Duration.ofMinutes(1));
        assertThat(lifetimeWithCredentialsUntil(NOW.plusSeconds(3600))).isEqualTo(Duration.ofMinutes(15));
    }

    private static Duration lifetimeWithCredentialsUntil(Instant end) {
        var credentials = AwsSessionCredentials.builder()
                .accessKeyId("ASIA")
                .secretAccessKey("s")
                .sessionToken("t")
                .expirationTime(end)
                .build();
        return ConnectSigner.of("eu-central-1", at(NOW)).sign(credentials).lifetime();
    }

    private static Clock at(Instant instant) {
        return Clock.fixed(instant, ZoneOffset.UTC);
    }

    /** The order of the parameters does not count: it is not what is signed. */
    private static void assertUrl(Token token, String expected) {
        assertThat(token.value().reveal()).doesNotContain("=", "+", "/");
        var url = new String(Base64.getUrlDecoder().decode(token.value().reveal()), UTF_8);
        assertThat(url.split("[?&]")[0]).isEqualTo(expected.split("[?&]")[0]);
        assertThat(Arrays.asList(url.split("[?&]"))).containsExactlyInAnyOrder(expected.split("[?&]"));
    }
}
