package org.sallyport.core.access;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.sallyport.api.access.AccessRequest;
import org.sallyport.api.access.Credential;
import org.sallyport.api.access.Origin;
import org.sallyport.api.access.Principal;
import org.sallyport.api.access.PrincipalType;

/**
 * The condition keys about who asks, from where and when. Of the keys that a caller of the decision gives, those of the name space {@code aws:} are
 * taken away, except those about the thing that is asked for: everything else there is for this class to say.
 *
 * @see "IAM user guide, AWS global condition context keys"
 */
final class PrincipalContext {
    private static final List<String> GIVEN = List.of("aws:resourcetag/", "aws:requesttag/", "aws:tagkeys");
    private static final String OURS = "aws:";

    private PrincipalContext() {}

    static AccessRequest add(AccessRequest request, Entitlements owner, String region, Instant now) {
        Principal principal = request.principal();
        Map<String, List<String>> context = new HashMap<>();
        request.context().forEach((key, values) -> {
            String lower = key.toLowerCase(Locale.ROOT);
            if (!lower.startsWith(OURS) || GIVEN.stream().anyMatch(lower::startsWith)) {
                context.put(key, values);
            }
        });
        who(principal, owner, context);
        session(principal.credential(), owner, now, context);
        from(principal.origin(), context);
        put(context, "aws:RequestedRegion", region);
        put(context, "aws:CurrentTime", seconds(now));
        put(context, "aws:EpochTime", Long.toString(now.getEpochSecond()));
        return new AccessRequest(principal, request.action(), request.resource(), context);
    }

    private static void who(Principal principal, Entitlements owner, Map<String, List<String>> context) {
        boolean service = principal.type() == PrincipalType.SERVICE;
        put(context, "aws:PrincipalIsAWSService", Boolean.toString(service));
        put(context, "aws:ViaAWSService", "false");
        if (service) {
            put(context, "aws:PrincipalServiceName", principal.name());
            return;
        }
        if (principal.type() == PrincipalType.WEB_IDENTITY) {
            return;
        }
        put(context, "aws:userid", principal.id());
        // of a session the ARN of its role: policies name roles
        put(context, "aws:PrincipalArn", owner.arn().orElse(principal.arn()));
        put(context, "aws:PrincipalAccount", principal.accountId());
        boolean user = principal.type() == PrincipalType.USER;
        put(context, "aws:PrincipalType", user ? "User" : "AssumedRole");
        if (user) {
            put(context, "aws:username", owner.gone() ? principal.name() : owner.name());
        }
    }

    private static void session(
            Credential credential, Entitlements owner, Instant now, Map<String, List<String>> context) {
        Map<String, String> tags = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        tags.putAll(owner.tags());
        // a session's tag replaces the role's of the same name, whatever its case
        credential.tags().forEach((key, value) -> {
            tags.remove(key);
            tags.put(key, value);
        });
        tags.forEach((key, value) -> put(context, "aws:PrincipalTag/" + key, value));
        credential.provider().ifPresent(provider -> put(context, "aws:FederatedProvider", provider));
        credential.sourceIdentity().ifPresent(identity -> put(context, "aws:SourceIdentity", identity));
        credential.issued().ifPresent(issued -> {
            put(context, "aws:TokenIssueTime", seconds(issued));
            put(
                    context,
                    "aws:MultiFactorAuthPresent",
                    Boolean.toString(credential.secondFactor().isPresent()));
        });
        credential.secondFactor().ifPresent(at -> {
            long age = Math.max(0, Duration.between(at, now).toSeconds());
            put(context, "aws:MultiFactorAuthPresent", "true");
            put(context, "aws:MultiFactorAuthAge", Long.toString(age));
        });
    }

    private static void from(Origin origin, Map<String, List<String>> context) {
        origin.userAgent().ifPresent(agent -> put(context, "aws:UserAgent", agent));
        origin.sourceIp().ifPresent(address -> {
            put(context, "aws:SourceIp", address);
            put(context, "aws:SecureTransport", Boolean.toString(origin.secure()));
        });
    }

    private static void put(Map<String, List<String>> context, String key, String value) {
        context.put(key, List.of(value));
    }

    private static String seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
