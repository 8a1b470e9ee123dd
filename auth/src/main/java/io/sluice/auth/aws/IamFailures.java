package io.sluice.auth.aws;

import io.sluice.auth.token.TokenException;
import io.sluice.core.binding.AuthSettings.AwsIam;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** Why there are no credentials to sign with, in words that name the field to look at. */
final class IamFailures {
    private static final Logger log = LoggerFactory.getLogger(IamFailures.class);
    /** AWS's library tries some of the places where credentials may be for longer. */
    static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);

    private static final int LONGEST = 300;

    private IamFailures() {}

    static String origin(AwsIam settings) {
        if (settings.roleArn() != null) {
            return "assumeRoleArn " + settings.roleArn();
        }
        return settings.accessKey() == null
                ? "AWS's own chain of credentials, as there is no accessKey,"
                : "accessKey " + settings.accessKey();
    }

    static TokenException of(AwsIam settings, Throwable failure) {
        if (failure instanceof TimeoutException) {
            return new TokenException(origin(settings) + " has not answered for " + ANSWER_WITHIN.toSeconds() + " s");
        }
        if (settings.roleArn() != null) {
            return new TokenException(origin(settings) + ": AWS does not give us the role: " + said(failure));
        }
        // A page of text, a line for each place.
        log.atDebug().addKeyValue("reason", failure.getMessage()).log("AWS's own chain finds no credentials");
        return new TokenException(
                "there is no accessKey, and AWS's own chain finds no credentials: not in the environment,"
                        + " a web identity, the profile files, the container or the instance");
    }

    private static String said(Throwable failure) {
        if (failure instanceof AwsServiceException answer && answer.awsErrorDetails() != null) {
            return answer.awsErrorDetails().errorCode() + ": "
                    + presentable(answer.awsErrorDetails().errorMessage());
        }
        return presentable(String.valueOf(failure.getMessage()));
    }

    /** The first line: of a wrong signature, AWS goes on to say all that was signed, session token included. */
    private static String presentable(String text) {
        String line = text.lines().findFirst().orElse("").replaceAll("\\p{Cntrl}", " ");
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
    }
}
