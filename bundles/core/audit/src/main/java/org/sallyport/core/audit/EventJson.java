package org.sallyport.core.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.sallyport.api.audit.AuditEvent;
import org.sallyport.api.audit.Failure;
import org.sallyport.api.audit.Weight;
import org.sallyport.api.edge.ServerAddress;

/** Writes records in CloudTrail's shape, one line of JSON each. Immutable. */
final class EventJson {
    static final String VERSION = "1.11";

    /** Most bytes of the parameters, and of the response. */
    private static final int MOST_BYTES = 48 * 1024;

    private static final int MOST_DECISIONS = 50;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String region;
    private final String account;

    private EventJson(String region, String account) {
        this.region = region;
        this.account = account;
    }

    /** Names the region and account of the server, where these are known already. */
    static EventJson of(Optional<ServerAddress> address) {
        return new EventJson(
                address.map(ServerAddress::region).orElse(""),
                address.map(ServerAddress::accountId).orElse(""));
    }

    /** @param decisions taken for it, at most {@value #MOST_DECISIONS} are kept */
    String write(AuditEvent event, Instant time, List<Decided> decisions) {
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("eventVersion", VERSION);
        record.put("userIdentity", Identities.of(event.actor()));
        record.put("eventTime", DateTimeFormatter.ISO_INSTANT.format(time.truncatedTo(ChronoUnit.MILLIS)));
        record.put("eventSource", event.subject().source());
        record.put("eventName", Hidden.text(event.subject().name()));
        record.put("awsRegion", region);
        record.put("sourceIPAddress", Hidden.text(event.origin().sourceAddress()));
        record.put("userAgent", Hidden.text(event.origin().userAgent()));
        event.failure().map(Failure::code).ifPresent(code -> record.put("errorCode", Hidden.text(code)));
        event.failure().map(Failure::message).ifPresent(text -> record.put("errorMessage", Hidden.text(text)));
        record.put("requestParameters", members(event.parameters()));
        record.put("responseElements", event.weight() == Weight.READS ? null : members(event.response()));
        if (!decisions.isEmpty()) {
            record.put("additionalEventData", additional(decisions));
        }
        record.put("requestID", event.origin().requestId());
        record.put("eventID", event.id().orElseGet(() -> UUID.randomUUID().toString()));
        record.put("readOnly", event.weight() == Weight.READS);
        record.put(
                "resources",
                event.resources().stream()
                        .limit(MOST_DECISIONS)
                        .map(arn -> Map.of("ARN", Hidden.name(arn)))
                        .toList());
        record.put("eventType", event.subject().type().wireName());
        record.put("managementEvent", true);
        record.put(
                "recipientAccountId",
                event.actor().principal().map(p -> p.accountId()).orElse(account));
        record.put("eventCategory", "Management");
        return json(record);
    }

    /** Any members as one line. */
    static String json(Map<String, Object> members) {
        try {
            return JSON.writeValueAsString(members);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Texts, numbers, booleans, lists and maps can always be written", e);
        }
    }

    private static Map<String, Object> members(Map<String, Object> values) {
        if (values.isEmpty()) {
            return null;
        }
        Map<String, Object> kept = Hidden.members(values);
        int size = json(kept).getBytes(StandardCharsets.UTF_8).length;
        return size <= MOST_BYTES ? kept : Map.of("omitted", true, "originalSize", size);
    }

    private static Map<String, Object> additional(List<Decided> decisions) {
        List<Decided> distinct = decisions.stream().distinct().toList();
        Map<String, Object> additional = new LinkedHashMap<>();
        additional.put(
                "decisions",
                distinct.stream().limit(MOST_DECISIONS).map(Decided::members).toList());
        if (distinct.size() > MOST_DECISIONS) {
            additional.put("decisionsLeftOut", distinct.size() - MOST_DECISIONS);
        }
        return additional;
    }
}
