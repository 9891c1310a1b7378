package org.sallyport.core.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sallyport.api.access.Credential;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;

/** What is known of a session, as JSON for its row. */
final class FactsText {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Times are milliseconds; what is not known is null. */
    record Facts(
            long issued,
            Long secondFactor,
            Map<String, String> tags,
            List<String> transitive,
            String sourceIdentity,
            String provider,
            List<String> policies,
            boolean limited) {}

    private FactsText() {}

    static String write(Credential credential) {
        Facts facts = new Facts(
                credential.issued().orElseThrow().toEpochMilli(),
                credential.secondFactor().map(Instant::toEpochMilli).orElse(null),
                credential.tags(),
                List.copyOf(credential.transitive()),
                credential.sourceIdentity().orElse(null),
                credential.provider().orElse(null),
                credential.policies(),
                credential.limited());
        try {
            return JSON.writeValueAsString(facts);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("facts are always JSON", e);
        }
    }

    static Credential read(String keyId, Instant expires, String text) {
        try {
            Facts facts = JSON.readValue(text, Facts.class);
            return new Credential(
                    Optional.of(keyId),
                    Optional.of(Instant.ofEpochMilli(facts.issued())),
                    Optional.of(expires),
                    Optional.ofNullable(facts.secondFactor()).map(Instant::ofEpochMilli),
                    facts.tags(),
                    Set.copyOf(facts.transitive()),
                    Optional.ofNullable(facts.sourceIdentity()),
                    Optional.ofNullable(facts.provider()),
                    facts.policies(),
                    facts.limited());
        } catch (JsonProcessingException e) {
            throw new SallyportException(
                    CommonError.INTERNAL, "The session of key %s cannot be read from the store.".formatted(keyId), e);
        }
    }
}
