package org.sallyport.core.audit;

import java.util.LinkedHashMap;
import java.util.Map;
import org.sallyport.api.access.Principal;
import org.sallyport.api.audit.Actor;

/** The member {@code userIdentity} of a record, as CloudTrail has it for each sort of caller. */
final class Identities {
    private static final String ASSUMED = ":assumed-role/";

    private Identities() {}

    static Map<String, Object> of(Actor actor) {
        Map<String, Object> identity = new LinkedHashMap<>();
        if (actor.server().isPresent()) {
            identity.put("type", "AWSService");
            identity.put("invokedBy", actor.server().get() + ".sallyport");
        } else if (actor.principal().isPresent()) {
            known(actor, actor.principal().get(), identity);
        } else {
            identity.put("type", "Unknown");
            actor.accessKeyId().ifPresent(key -> identity.put("accessKeyId", Hidden.text(key)));
            actor.userName().ifPresent(name -> identity.put("userName", Hidden.text(name)));
        }
        return identity;
    }

    private static void known(Actor actor, Principal principal, Map<String, Object> identity) {
        boolean assumed = principal.arn().contains(ASSUMED);
        boolean user = principal.arn().contains(":user/");
        identity.put("type", assumed ? "AssumedRole" : user ? "IAMUser" : "ManagedNode");
        identity.put("principalId", principal.id());
        identity.put("arn", principal.arn());
        identity.put("accountId", principal.accountId());
        actor.accessKeyId().ifPresent(key -> identity.put("accessKeyId", Hidden.text(key)));
        if (assumed) {
            identity.put("sessionContext", role(principal));
        } else if (user) {
            identity.put("userName", principal.name());
        }
    }

    private static Map<String, Object> role(Principal principal) {
        String role = principal.arn().substring(principal.arn().indexOf(ASSUMED) + ASSUMED.length());
        role = role.substring(0, Math.max(role.indexOf('/'), 0));
        Map<String, Object> issuer = new LinkedHashMap<>();
        issuer.put("type", "Role");
        issuer.put("principalId", principal.id().split(":", 2)[0]);
        issuer.put("arn", "arn:aws:iam::" + principal.accountId() + ":role/" + role);
        issuer.put("accountId", principal.accountId());
        issuer.put("userName", role);
        return Map.of("sessionIssuer", issuer);
    }
}
