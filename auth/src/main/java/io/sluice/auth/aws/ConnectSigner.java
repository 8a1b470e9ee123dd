package io.sluice.auth.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.auth.token.Token;
import io.sluice.core.binding.Secret;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner.AuthLocation;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/**
 * Signs the wish to connect. The token is the signed URL of a request that is never sent, in Base64.
 *
 * <pre>
 *   https://kafka.REGION.amazonaws.com/?Action=kafka-cluster:Connect&amp;X-Amz-…&amp;X-Amz-Signature=…  signed
 *   …&amp;User-Agent=sluice                                                                        not signed
 * </pre>
 *
 * <p>Source of the form: <a href="https://github.com/aws/aws-msk-iam-auth">aws-msk-iam-auth</a>, in which Amazon's Kafka
 * publishes what it takes, and the same library for other languages. Does no I/O. Safe for use from any thread.
 *
 * @param host what is signed for, {@code kafka.REGION.amazonaws.com} for Amazon
 */
record ConnectSigner(String host, String region, Clock clock) {
    /** The longest that Amazon's Kafka takes. */
    private static final Duration LIFETIME = Duration.ofMinutes(15);

    private static final String SERVICE = "kafka-cluster";
    private static final String ACTION = "kafka-cluster:Connect";
    private static final String USER_AGENT = "sluice";

    static ConnectSigner of(String region, Clock clock) {
        return new ConnectSigner("kafka." + region + ".amazonaws.com", region, clock);
    }

    /** A token that is good until the signature or the credentials end, whichever comes first. */
    Token sign(AwsCredentialsIdentity credentials) {
        Instant now = clock.instant();
        String url = url(credentials, now).toString();
        String value = Base64.getUrlEncoder().withoutPadding().encodeToString(url.getBytes(UTF_8));
        return new Token(new Secret(value), lifetime(credentials, now));
    }

    private static Duration lifetime(AwsCredentialsIdentity credentials, Instant now) {
        return credentials
                .expirationTime()
                .map(end -> Duration.between(now, end))
                .filter(left -> left.compareTo(LIFETIME) < 0)
                .orElse(LIFETIME);
    }

    private URI url(AwsCredentialsIdentity credentials, Instant now) {
        SdkHttpRequest connect = SdkHttpRequest.builder()
                .method(SdkHttpMethod.GET)
                .protocol("https")
                .host(host)
                .encodedPath("/")
                .putRawQueryParameter("Action", ACTION)
                .build();
        SignedRequest signed = AwsV4HttpSigner.create().sign(request -> request.identity(credentials)
                .request(connect)
                .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, SERVICE)
                .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                .putProperty(AwsV4HttpSigner.AUTH_LOCATION, AuthLocation.QUERY_STRING)
                .putProperty(AwsV4HttpSigner.EXPIRATION_DURATION, LIFETIME)
                .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(now, clock.getZone())));
        return signed.request().toBuilder()
                .putRawQueryParameter("User-Agent", USER_AGENT)
                .build()
                .getUri();
    }
}
