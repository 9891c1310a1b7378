package org.sallyport.core.access;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.sallyport.api.access.AccessRequest;
import org.sallyport.api.access.Principal;
import org.sallyport.api.access.PrincipalType;

/** The condition keys that follow from the principal and the clock alone. They win over what a caller put there. */
final class PrincipalContext {
    private static final Set<String> OWN = Set.of(
            "aws:userid",
            "aws:username",
            "aws:principalarn",
            "aws:principalaccount",
            "aws:principaltype",
            "aws:currenttime",
            "aws:epochtime");

    private PrincipalContext() {}

    static AccessRequest add(AccessRequest request, Instant now) {
        Principal principal = request.principal();
        Map<String, List<String>> context = new HashMap<>(request.context());
        context.keySet().removeIf(key -> OWN.contains(key.toLowerCase(Locale.ROOT)));
        context.put("aws:userid", List.of(principal.id()));
        context.put("aws:PrincipalArn", List.of(principal.arn()));
        context.put("aws:PrincipalAccount", List.of(principal.accountId()));
        boolean person = principal.type() == PrincipalType.USER;
        context.put("aws:PrincipalType", List.of(person ? "User" : "AssumedRole"));
        if (person) {
            context.put("aws:username", List.of(principal.name()));
        }
        context.put(
                "aws:CurrentTime", List.of(now.truncatedTo(ChronoUnit.SECONDS).toString()));
        context.put("aws:EpochTime", List.of(Long.toString(now.getEpochSecond())));
        return new AccessRequest(principal, request.action(), request.resource(), context);
    }
}
