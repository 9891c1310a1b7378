package org.sallyport.core.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.sallyport.api.audit.AuditEntry;
import org.sallyport.api.audit.AuditQuery;

/** What of a record lists show, and whether a query means it. */
final class Matching {
    private Matching() {}

    static AuditEntry entry(long sequence, JsonNode record, String json) {
        JsonNode identity = record.path("userIdentity");
        List<String> resources = new ArrayList<>();
        record.path("resources").forEach(r -> resources.add(r.path("ARN").asText()));
        return new AuditEntry(
                sequence,
                record.path("eventID").asText(),
                time(record.path("eventTime").asText()),
                record.path("eventSource").asText(),
                record.path("eventName").asText(),
                record.path("readOnly").asBoolean(),
                userName(identity),
                text(identity, "accessKeyId"),
                record.path("sourceIPAddress").asText(),
                text(record, "errorCode"),
                resources,
                json);
    }

    static boolean matches(AuditQuery query, AuditEntry entry) {
        return query.from().filter(t -> entry.time().isBefore(t)).isEmpty()
                && query.until().filter(t -> entry.time().isAfter(t)).isEmpty()
                && query.eventName().filter(n -> !n.equals(entry.eventName())).isEmpty()
                && query.eventSource()
                        .filter(n -> !n.equals(entry.eventSource()))
                        .isEmpty()
                && query.eventId().filter(n -> !n.equals(entry.eventId())).isEmpty()
                && query.accessKeyId()
                        .filter(k -> !entry.accessKeyId().equals(Optional.of(k)))
                        .isEmpty()
                && query.readOnly().filter(r -> r != entry.readOnly()).isEmpty()
                && query.failed()
                        .filter(f -> f != entry.errorCode().isPresent())
                        .isEmpty()
                && query.user().filter(u -> !ofUser(u, entry)).isEmpty()
                && query.resource().filter(r -> !about(r, entry)).isEmpty();
    }

    private static boolean ofUser(String user, AuditEntry entry) {
        // the name, or exactly a value of the identity, which is written as JSON writes texts
        return entry.userName().equals(Optional.of(user))
                || Stream.of("arn", "principalId")
                        .anyMatch(m -> entry.json().contains("\"" + m + "\":" + TextNode.valueOf(user)));
    }

    private static boolean about(String resource, AuditEntry entry) {
        return entry.resources().stream()
                .anyMatch(arn -> arn.equals(resource) || arn.endsWith("/" + resource) || arn.endsWith(":" + resource));
    }

    /** As CloudTrail's lists have it: the user, or the name of a role's session. */
    private static Optional<String> userName(JsonNode identity) {
        Optional<String> named = text(identity, "userName");
        if (named.isPresent()) {
            return named;
        }
        String arn = identity.path("arn").asText();
        return arn.isEmpty() ? text(identity, "invokedBy") : Optional.of(arn.substring(arn.lastIndexOf('/') + 1));
    }

    private static Optional<String> text(JsonNode node, String member) {
        return Optional.ofNullable(node.get(member)).filter(JsonNode::isTextual).map(JsonNode::textValue);
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            return Instant.EPOCH;
        }
    }
}
