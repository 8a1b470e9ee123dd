package io.sluice.core.component.kafka;

import static io.sluice.core.component.field.FieldTypes.matching;
import static io.sluice.core.component.field.FieldTypes.secret;
import static io.sluice.core.component.field.FieldTypes.text;

import io.sluice.core.binding.AuthSettings;
import io.sluice.core.binding.AuthSettings.Tls;
import io.sluice.core.binding.Secret;
import io.sluice.core.component.field.Field;
import io.sluice.core.component.field.FieldType;
import io.sluice.core.component.field.Fields;
import java.util.List;
import java.util.regex.Pattern;

/** Logging in to Amazon's Kafka with an IAM identity. */
final class AwsFields {
    private static final String ROLES_ANYWHERE = "IAM Roles Anywhere";

    static final Field<String> REGION = Field.dapr("region", region())
            .alias("awsRegion")
            .defaultNote("required with `awsiam`")
            .means("AWS region of the cluster.");

    static final Field<String> ACCESS_KEY = Field.dapr("accessKey", text())
            .alias("awsAccessKey")
            .defaultNote("what AWS's own chain of providers finds")
            .means("Id of the access key.");

    static final Field<Secret> SECRET_KEY = Field.dapr("secretKey", secret())
            .alias("awsSecretKey")
            .defaultNote("required with `accessKey`")
            .means("The access key itself.");

    static final Field<Secret> SESSION_TOKEN = Field.dapr("sessionToken", secret())
            .alias("awsSessionToken")
            .defaultNote("none")
            .means("Token that goes with a temporary access key.");

    static final Field<String> ROLE_ARN = Field.dapr("assumeRoleArn", role())
            .alias("awsIamRoleArn")
            .defaultNote("none")
            .means("Role to take on, with the access key or with what AWS's own chain of providers finds.");

    static final Field<String> SESSION_NAME = Field.dapr("sessionName", sessionName())
            .alias("awsStsSessionName")
            .defaultsTo("DaprDefaultSession")
            .means("Name of the session in which the role is taken on.");

    static final Field<String> TRUST_ANCHOR = Field.dapr("trustAnchorArn", text())
            .defaultNote("none")
            .effectComesWith(ROLES_ANYWHERE)
            .means("Trust anchor of IAM Roles Anywhere; a component with one is refused.");

    static final Field<String> TRUST_PROFILE = Field.dapr("trustProfileArn", text())
            .defaultNote("none")
            .effectComesWith(ROLES_ANYWHERE)
            .means("Profile of IAM Roles Anywhere; a component with one is refused.");

    static final List<Field<?>> ALL =
            List.of(REGION, ACCESS_KEY, SECRET_KEY, SESSION_TOKEN, ROLE_ARN, SESSION_NAME, TRUST_ANCHOR, TRUST_PROFILE);

    private AwsFields() {}

    static AuthSettings read(Fields fields, Tls tls) {
        checkKeys(fields);
        List.of(TRUST_ANCHOR, TRUST_PROFILE).forEach(field -> refuseRolesAnywhere(fields, field));
        if (!tls.enabled()) {
            fields.warn(TlsFields.DISABLE_TLS, "sends AWS tokens over the network in clear text");
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
                tls);
    }

    private static void checkKeys(Fields fields) {
        if (fields.has(ACCESS_KEY) != fields.has(SECRET_KEY)) {
            fields.error(
                    fields.has(ACCESS_KEY) ? ACCESS_KEY : SECRET_KEY,
                    "is half of a pair (must have both of accessKey and secretKey, or neither)");
        } else if (fields.has(SESSION_TOKEN) && !fields.has(ACCESS_KEY)) {
            fields.error(SESSION_TOKEN, "has no access key that it goes with (must have accessKey and secretKey too)");
        }
    }

    private static void refuseRolesAnywhere(Fields fields, Field<String> field) {
        if (fields.optional(field) != null) {
            fields.error(
                    field,
                    ROLES_ANYWHERE + " is not available in this version (must be left out; a profile with a"
                            + " credential_process can stand in for it)");
        }
    }

    /** A part of a host name: of the name that is signed for, and of AWS's own services. */
    private static FieldType<String> region() {
        return matching(
                "text", "must be an AWS region such as eu-central-1", Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*"));
    }

    private static FieldType<String> role() {
        return matching(
                "ARN",
                "must be the ARN of a role such as arn:aws:iam::123456789012:role/kafka",
                Pattern.compile("arn:[a-z0-9-]+:iam::[0-9]{12}:role/[\\x21-\\x7e]+"));
    }

    /** What STS allows: the parameter RoleSessionName of its action AssumeRole. */
    private static FieldType<String> sessionName() {
        return matching(
                "text",
                "must be 2 to 64 letters, digits and any of _+=,.@-",
                Pattern.compile("[a-zA-Z0-9_+=,.@-]{2,64}"));
    }
}
