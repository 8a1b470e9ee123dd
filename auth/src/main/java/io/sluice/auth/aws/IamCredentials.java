package io.sluice.auth.aws;

import io.sluice.core.binding.AuthSettings.AwsIam;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;

/** Where the credentials of a component come from. What is made here keeps no thread and no connection: nothing is closed. */
final class IamCredentials {
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(2);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);
    private static final int ATTEMPTS = 2;

    private IamCredentials() {}

    /** May read AWS's own files. The provider keeps what it is asked for until shortly before its end. */
    static AwsCredentialsProvider of(AwsIam settings) {
        AwsCredentialsProvider own = settings.accessKey() == null || settings.secretKey() == null
                ? DefaultCredentialsProvider.builder().build()
                : given(settings.accessKey(), settings.secretKey().reveal(), settings);
        return settings.roleArn() == null ? own : role(settings.roleArn(), own, settings);
    }

    private static AwsCredentialsProvider given(String accessKey, String secretKey, AwsIam settings) {
        return StaticCredentialsProvider.create(
                settings.sessionToken() == null
                        ? AwsBasicCredentials.create(accessKey, secretKey)
                        : AwsSessionCredentials.create(
                                accessKey, secretKey, settings.sessionToken().reveal()));
    }

    private static AwsCredentialsProvider role(String arn, AwsCredentialsProvider own, AwsIam settings) {
        StsClient sts = StsClient.builder()
                .region(Region.of(settings.region()))
                .credentialsProvider(own)
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT_WITHIN)
                        .socketTimeout(ANSWER_WITHIN))
                .overrideConfiguration(client -> client.retryStrategy(retry -> retry.maxAttempts(ATTEMPTS)))
                .build();
        return StsAssumeRoleCredentialsProvider.builder()
                .stsClient(sts)
                .refreshRequest(role -> role.roleArn(arn).roleSessionName(settings.sessionName()))
                .build();
    }
}
