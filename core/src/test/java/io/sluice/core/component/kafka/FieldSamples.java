package io.sluice.core.component.kafka;

import static java.util.Map.entry;

import io.sluice.core.component.Pem;
import java.util.Map;
import java.util.Set;

/** A right and a wrong value for each field, by its name. */
final class FieldSamples {
    private static final String CONTROL = "a\u0007b";
    private static final String PASSWORD = "password";
    private static final String MTLS = "mtls";
    private static final String OIDC = "oidc";
    private static final String JWT = "oidc_private_key_jwt";
    private static final String AWS = "awsiam";

    /** @param authType the type with which the field is looked at */
    record Sample(String right, String wrong, String authType) {}

    /** Those whose wrong values are warnings, as Dapr starts with them. */
    static final Set<String> FORGIVEN = Set.of("consumerGroupRebalanceStrategy", "schemaRegistryURL");

    static final Map<String, Sample> ALL = Map.ofEntries(
            entry("topics", any("a, b", "a b")),
            entry("publishTopic", any("orders", "no/topic")),
            entry("direction", any("input, output", "sideways")),
            entry("route", any("/custom-path", CONTROL)),
            entry("brokers", any("h:9092, [::1]:9093", "h")),
            entry("clientID", any("me", CONTROL)),
            entry("version", any("1.0.0", "2.0")),
            entry("clientConnectionTopicMetadataRefreshInterval", any("4m", "4 minutes")),
            entry("clientConnectionKeepAliveInterval", any("4m", "4x")),
            entry("dialTimeout", any("1.5s", "s")),
            entry("readTimeout", any("10", "ten")),
            entry("writeTimeout", any("10s", "10 s")),
            entry("metadataTimeout", any("10s", ".")),
            entry("authType", any("NONE", "kerberos")),
            entry("authRequired", new Sample("false", "maybe", "")),
            entry("saslUsername", with(PASSWORD, "user", CONTROL)),
            entry("saslPassword", with(PASSWORD, "secret", CONTROL)),
            entry("saslMechanism", with(PASSWORD, "scram-sha-512", "MD5")),
            entry("caCert", with(PASSWORD, Pem.CERTIFICATE.text(), "no-such-file.pem")),
            entry("clientCert", with(MTLS, Pem.CERTIFICATE.path(), "-----BEGIN CERTIFICATE-----")),
            entry("clientKey", with(MTLS, Pem.KEY.path(), Pem.CERTIFICATE.path())),
            entry("clientKeyPassword", with(MTLS, "changeit", CONTROL)),
            entry("skipVerify", with(PASSWORD, "off", "perhaps")),
            entry("disableTls", with(PASSWORD, "false", "2")),
            entry("oidcTokenEndpoint", with(OIDC, "https://id.example.com/token", "id.example.com")),
            entry("oidcClientID", with(OIDC, "me", CONTROL)),
            entry("oidcClientSecret", with(OIDC, "secret", CONTROL)),
            entry("oidcScopes", with(OIDC, "openid,kafka", ",")),
            entry("oidcExtensions", with(OIDC, "{\"cluster\":\"kafka\"}", "{\"cluster\":1}")),
            entry("oidcClientAssertionCert", with(JWT, Pem.CERTIFICATE.path(), "nothing")),
            entry("oidcClientAssertionKey", with(JWT, Pem.KEY.text(), "nothing")),
            entry("oidcResource", with(JWT, "api", CONTROL)),
            entry("oidcAudience", with(JWT, "aud", CONTROL)),
            entry("oidcKid", with(JWT, "kid", CONTROL)),
            entry("region", with(AWS, "eu-central-1", "eu.central")),
            entry("accessKey", with(AWS, "AK", CONTROL)),
            entry("secretKey", with(AWS, "SK", CONTROL)),
            entry("sessionToken", with(AWS, "ST", CONTROL)),
            entry("assumeRoleArn", with(AWS, "arn:aws:iam::123456789012:role/shop/kafka", "arn:aws:iam::1:user/kafka")),
            entry("sessionName", with(AWS, "shop@kafka", "shop kafka")),
            entry("trustAnchorArn", with(AWS, "arn", CONTROL)),
            entry("trustProfileArn", with(AWS, "arn", CONTROL)),
            entry("maxMessageBytes", any("0x400", "1Ki")),
            entry("producerRequiredAcks", any("Local", "some")),
            entry("producerRetryMax", any("0", "-1")),
            entry("compression", any("zstd", "zip")),
            entry("partitioner", any("murmur2", "md5")),
            entry("linger", any("5", "-5ms")),
            entry("batchSize", any("16384", "-1")),
            entry("idempotence", any("no", "never")),
            entry("excludeHeaderMetaRegex", any("^x-", "(")),
            entry("consumerGroup", any("group1", CONTROL)),
            entry("initialOffset", any("Oldest", "first")),
            entry("heartbeatInterval", any("2s", "0s")),
            entry("sessionTimeout", any("20s", "1ms")),
            entry("consumerFetchDefault", any("2097152", "0")),
            entry("consumerFetchMin", any("1", "0")),
            entry("channelBufferSize", any("0", "-1")),
            entry("consumerGroupRebalanceStrategy", any("Sticky", "random")),
            entry("isolationLevel", any("read_committed", "serializable")),
            entry("groupInstanceId", any("pod-1", CONTROL)),
            entry("groupProtocol", any("consumer", "share")),
            entry("consumeRetryEnabled", any("true", "tru")),
            entry("consumeRetryInterval", any("200", "-1")),
            entry("backOffPolicy", any("exponential", "linear")),
            entry("backOffDuration", any("50ms", "-1")),
            entry("backOffInitialInterval", any("500", "1d")),
            entry("backOffRandomizationFactor", any("0.5", "1.5")),
            entry("backOffMultiplier", any("2", "0.5")),
            entry("backOffMaxInterval", any("60s", "sixty")),
            entry("backOffMaxElapsedTime", any("0", "-1s")),
            entry("backOffMaxRetries", any("-1", "-2")),
            entry("ordering", any("partition", "topic")),
            entry("maxInFlight", any("1", "0")),
            entry("failurePolicy", any("Block", "retry")),
            entry("deadLetterTopic", any("orders.dead", "..")),
            entry("deliveryTimeout", any("5s", "-1s")),
            entry("delivery", any("eventbus", "queue")),
            entry("escapeHeaders", any("true", "yeah")),
            entry("fanOut", any("TRUE", "yeah")),
            entry("excludeDeliveryHeaders", any("Authorization, x_y", "a b")),
            entry("schemaRegistryURL", any("http://localhost:8081", "ftp://localhost")),
            entry("schemaRegistryAPIKey", any("key", CONTROL)),
            entry("schemaRegistryAPISecret", any("secret", CONTROL)),
            entry("schemaRegistryBearerToken", any("token", CONTROL)),
            entry("schemaRegistryCaCert", any(Pem.CERTIFICATE.text(), "no-such-file.pem")),
            entry("schemaRegistryClientCert", any(Pem.CERTIFICATE.path(), "-----BEGIN CERTIFICATE-----")),
            entry("schemaRegistryClientKey", any(Pem.KEY.path(), Pem.CERTIFICATE.path())),
            entry("schemaCachingEnabled", any("no", "sometimes")),
            entry("schemaLatestVersionCacheTTL", any("5m", "-5m")),
            entry("useAvroJSON", any("true", "avro")),
            entry("valueSchemaType", any("none", "Protobuf")));

    private FieldSamples() {}

    private static Sample any(String right, String wrong) {
        return new Sample(right, wrong, "none");
    }

    private static Sample with(String authType, String right, String wrong) {
        return new Sample(right, wrong, authType);
    }
}
