package io.sluice.it.output;

import java.util.Collections;
import java.util.List;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.metadata.authorizer.StandardAuthorizer;
import org.apache.kafka.server.authorizer.Action;
import org.apache.kafka.server.authorizer.AuthorizableRequestContext;
import org.apache.kafka.server.authorizer.AuthorizationResult;

/**
 * For one user, rights as brokers before 2.8 have them: idempotent writing is a right on the cluster, and a right to write to
 * some topic is not enough for it. Made by the broker.
 */
public final class OlderAuthorizer extends StandardAuthorizer {
    static final String USER = "narrow";

    @Override
    public List<AuthorizationResult> authorize(AuthorizableRequestContext context, List<Action> actions) {
        boolean idempotent = actions.stream().anyMatch(action -> action.operation() == AclOperation.IDEMPOTENT_WRITE);
        return isMeant(context) && idempotent
                ? Collections.nCopies(actions.size(), AuthorizationResult.DENIED)
                : super.authorize(context, actions);
    }

    @Override
    public AuthorizationResult authorizeByResourceType(
            AuthorizableRequestContext context, AclOperation operation, ResourceType resourceType) {
        return isMeant(context)
                ? AuthorizationResult.DENIED
                : super.authorizeByResourceType(context, operation, resourceType);
    }

    private static boolean isMeant(AuthorizableRequestContext context) {
        return context.principal().getName().equals(USER);
    }
}
