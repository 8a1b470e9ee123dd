package io.sluice.auth.oidc;

import io.sluice.auth.tls.PemException;
import io.sluice.auth.token.TokenException;
import io.vertx.core.http.HttpClosedException;
import java.io.IOException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/**
 * What went wrong at a token endpoint, in words that name the field to look at.
 *
 * @param origin the endpoint's field and address
 * @param scopes what was asked for
 * @param identity the fields that prove who the client is
 * @param secrets what must not be told, even if the endpoint does
 */
record EndpointFailures(String origin, List<String> scopes, String identity, List<String> secrets) {
    /** As Dapr says it. */
    private static final String PREFIX = "error generating oauth2 token: ";

    /** What the library says of a token whose lifetime is negative. */
    static final String EXPIRED = "User token is expired.";

    private static final int LONGEST_ANSWER = 200;

    /** Whether the endpoint said so, and not the network. */
    static boolean isAnswer(Throwable failure) {
        return !(failure instanceof IOException
                || failure instanceof HttpClosedException
                || failure instanceof TimeoutException);
    }

    TokenException of(Throwable failure) {
        // Both of these name the field themselves.
        return failure instanceof TokenException || failure instanceof PemException
                ? new TokenException(PREFIX + failure.getMessage())
                : new TokenException(PREFIX + origin + (isAnswer(failure) ? answer(failure) : network(failure)));
    }

    private static String network(Throwable failure) {
        if (failure instanceof TimeoutException) {
            return " has not answered for " + Endpoint.ANSWER_WITHIN_SECONDS + " s";
        }
        if (failure instanceof UnknownHostException) {
            return ": the name of its host is not known";
        }
        if (failure instanceof SSLException) {
            return ": its certificate is not trusted, see caCert: " + innermost(failure);
        }
        return " cannot be reached: " + failure.getMessage();
    }

    private String answer(Throwable failure) {
        String said = presentable(String.valueOf(failure.getMessage()));
        if (said.startsWith("invalid_client") || said.startsWith("unauthorized") || said.startsWith("Unauthorized")) {
            return " refuses " + identity + ": " + said;
        }
        if (said.equals(EXPIRED)) {
            return " issued a token that has expired already: compare the clocks";
        }
        if (said.startsWith("invalid_scope")) {
            return " refuses oidcScopes \"" + String.join(" ", scopes) + "\": " + said;
        }
        return ": " + said;
    }

    /** One line of bounded length, without secrets: it may be anything. */
    private String presentable(String answer) {
        String text = answer;
        for (String secret : secrets) {
            text = text.replace(secret, "***");
        }
        text = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return text.length() <= LONGEST_ANSWER ? text : text.substring(0, LONGEST_ANSWER) + "…";
    }

    private static String innermost(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "EndpointFailures[" + origin + "]";
    }
}
