package io.sluice.core.component.kafka;

import static io.sluice.core.component.field.FieldTypes.secret;
import static io.sluice.core.component.field.FieldTypes.text;

import io.sluice.core.binding.AuthSettings;
import io.sluice.core.binding.AuthSettings.Tls;
import io.sluice.core.binding.Secret;
import io.sluice.core.component.field.Field;
import io.sluice.core.component.field.Fields;
import java.util.List;

/** Logging in to Amazon's Kafka with an IAM identity. */
final class AwsFields {
    private static final String LATER = "AWS IAM";

    static final Field<String> REGION = Field.dapr("region", text())
            .alias("awsRegion")
            .defaultNote("required with `awsiam`")
            .effectComesWith(LATER)
            .means("AWS region of the cluster.");

    static final Field<String> ACCESS_KEY = Field.dapr("accessKey", text())
            .alias("awsAccessKey")
            .defaultNote("none")
            .effectComesWith(LATER)
            .means("Id of the access key.");

    static final Field<Secret> SECRET_KEY = Field.dapr("secretKey", secret())
            .alias("awsSecretKey")
            .defaultNote("none")
            .effectComesWith(LATER)
            .means("The access key itself.");

    static final Field<Secret> SESSION_TOKEN = Field.dapr("sessionToken", secret())
            .alias("awsSessionToken")
            .defaultNote("none")
            .effectComesWith(LATER)
            .means("Token that goes with a temporary access key.");

    static final Field<String> ROLE_ARN = Field.dapr("assumeRoleArn", text())
            .alias("awsIamRoleArn")
            .defaultNote("none")
            .effectComesWith(LATER)
            .means("Role to take on.");

    static final Field<String> SESSION_NAME = Field.dapr("sessionName", text())
            .alias("awsStsSessionName")
            .defaultsTo("DaprDefaultSession")
            .effectComesWith(LATER)
            .means("Name of the session in which the role is taken on.");

    static final Field<String> TRUST_ANCHOR = Field.dapr("trustAnchorArn", text())
            .defaultNote("none")
            .effectComesWith(LATER)
            .means("Trust anchor of IAM Roles Anywhere.");

    static final Field<String> TRUST_PROFILE = Field.dapr("trustProfileArn", text())
            .defaultNote("none")
            .effectComesWith(LATER)
            .means("Profile of IAM Roles Anywhere.");

    static final List<Field<?>> ALL =
            List.of(REGION, ACCESS_KEY, SECRET_KEY, SESSION_TOKEN, ROLE_ARN, SESSION_NAME, TRUST_ANCHOR, TRUST_PROFILE);

    private AwsFields() {}

    static AuthSettings read(Fields fields, Tls tls) {
        if (fields.has(ACCESS_KEY) != fields.has(SECRET_KEY)) {
            fields.error(
                    fields.has(ACCESS_KEY) ? ACCESS_KEY : SECRET_KEY,
                    "is half of a pair (must have both of accessKey and secretKey, or neither)");
        }
        return new AuthSettings.AwsIam(
                fields.require(
                        REGION,
                        "failed to validate AWS IAM authentication fields: metadata property AWSRegion is missing",
                        ""),
                fields.optional(ACCESS_KEY),
                fields.optional(SECRET_KEY),
                fields.optional(SESSION_TOKEN),
                fields.optional(ROLE_ARN),
                fields.value(SESSION_NAME),
                fields.optional(TRUST_ANCHOR),
                fields.optional(TRUST_PROFILE),
                tls);
    }
}
