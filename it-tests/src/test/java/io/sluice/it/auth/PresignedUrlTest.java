package io.sluice.it.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

/** The tests' own check of signatures, on the example that AWS publishes. */
class PresignedUrlTest {
    private static final String SECRET_KEY = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    /** docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html */
    private static final String EXAMPLE = "https://examplebucket.s3.amazonaws.com/test.txt"
            + "?X-Amz-Algorithm=AWS4-HMAC-SHA256"
            + "&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request"
            + "&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host"
            + "&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404";

    @Test
    void theExampleOfAwsIsRight() {
        assertThat(isSigned(EXAMPLE, SECRET_KEY)).isTrue();
    }

    @Test
    void aUrlThatWasChangedOrSignedWithAnotherKeyIsWrong() {
        assertThat(isSigned(EXAMPLE.replace("86400", "86401"), SECRET_KEY)).isFalse();
        assertThat(isSigned(EXAMPLE.replace("us-east-1", "us-west-1"), SECRET_KEY))
                .isFalse();
        assertThat(isSigned(EXAMPLE + "&More=1", SECRET_KEY)).isFalse();
        assertThat(isSigned(EXAMPLE, SECRET_KEY + "x")).isFalse();
    }

    private static boolean isSigned(String url, String secretKey) {
        return PresignedUrl.of(url).isSignedWith(secretKey, "UNSIGNED-PAYLOAD", Set.of());
    }
}
