package org.sallyport.core.session;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sallyport.api.access.Credential;
import org.sallyport.api.access.Origin;
import org.sallyport.api.access.Principal;
import org.sallyport.api.access.PrincipalType;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;

/** The owner of a session as JSON for its row. Holds no secret. */
final class OwnerText {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Times are milliseconds; what is not known is null. */
    record Facts(
            String accountId,
            PrincipalType type,
            String id,
            String name,
            String arn,
            String keyId,
            Long issued,
            Long expires,
            Long secondFactor,
            Map<String, String> tags,
            List<String> transitive,
            String sourceIdentity,
            String provider,
            List<String> policies,
            boolean limited,
            String sourceIp,
            String userAgent,
            boolean secure) {}

    private OwnerText() {}

    static String write(Principal owner) {
        Credential credential = owner.credential();
        Origin origin = owner.origin();
        Facts facts = new Facts(
                owner.accountId(),
                owner.type(),
                owner.id(),
                owner.name(),
                owner.arn(),
                credential.keyId().orElse(null),
                millis(credential.issued()),
                millis(credential.expires()),
                millis(credential.secondFactor()),
                credential.tags(),
                List.copyOf(credential.transitive()),
                credential.sourceIdentity().orElse(null),
                credential.provider().orElse(null),
                credential.policies(),
                credential.limited(),
                origin.sourceIp().orElse(null),
                origin.userAgent().orElse(null),
                origin.secure());
        try {
            return JSON.writeValueAsString(facts);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("facts are always JSON", e);
        }
    }

    static Principal read(String text) {
        try {
            Facts facts = JSON.readValue(text, Facts.class);
            Credential credential = new Credential(
                    Optional.ofNullable(facts.keyId()),
                    time(facts.issued()),
                    time(facts.expires()),
                    time(facts.secondFactor()),
                    facts.tags(),
                    Set.copyOf(facts.transitive()),
                    Optional.ofNullable(facts.sourceIdentity()),
                    Optional.ofNullable(facts.provider()),
                    facts.policies(),
                    facts.limited());
            Origin origin = new Origin(
                    Optional.ofNullable(facts.sourceIp()), Optional.ofNullable(facts.userAgent()), facts.secure());
            return new Principal(
                    facts.accountId(), facts.type(), facts.id(), facts.name(), facts.arn(), credential, origin);
        } catch (JsonProcessingException e) {
            throw new SallyportException(
                    CommonError.INTERNAL, "The owner of a session cannot be read from the store.", e);
        }
    }

    /** Of a session from before its owner was kept: a user of whom the id is known. */
    static Principal ofId(String accountId, String id, String arn) {
        String name = arn.substring(arn.lastIndexOf('/') + 1);
        PrincipalType type = id.indexOf(':') < 0 ? PrincipalType.USER : PrincipalType.ROLE;
        return new Principal(accountId, type, id, name, arn);
    }

    private static Long millis(Optional<Instant> time) {
        return time.map(Instant::toEpochMilli).orElse(null);
    }

    private static Optional<Instant> time(Long millis) {
        return Optional.ofNullable(millis).map(Instant::ofEpochMilli);
    }
}
