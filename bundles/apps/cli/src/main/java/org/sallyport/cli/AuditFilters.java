package org.sallyport.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.sallyport.cli.listing.Moments;
import org.sallyport.cli.listing.Pages;
import org.sallyport.cli.listing.Table;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which records are wanted, and how they are shown. As with CloudTrail, by one of their members at a time. */
final class AuditFilters {
    static final Pages PAGES =
            new Pages("com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents", "Events", 50);

    private static final ObjectMapper JSON = new ObjectMapper();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--user", paramLabel = "NAME", description = "Only what this user asked; also an ARN or an id.")
    private String user;

    @Option(names = "--event", paramLabel = "NAME", description = "Only this operation, for instance StartSession.")
    private String event;

    @Option(names = "--resource", paramLabel = "NAME", description = "Only what was about this node, session or ARN.")
    private String resource;

    @Option(names = "--access-key-id", paramLabel = "ID", description = "Only what was signed with this key.")
    private String key;

    @Option(names = "--event-id", paramLabel = "ID", description = "Only this record.")
    private String id;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Only what happened after: 2026-01-31, 2026-01-31T08:00:00Z, or so long ago: 90m, 2h, 7d.")
    private String since;

    @Option(names = "--until", paramLabel = "TIME", description = "Only what happened before; as --since.")
    private String until;

    ObjectNode request() {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("Username", user);
        attributes.put("EventName", event);
        attributes.put("ResourceName", resource);
        attributes.put("AccessKeyId", key);
        attributes.put("EventId", id);
        attributes.values().removeIf(value -> value == null);
        if (attributes.size() > 1) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Only one of --user, --event, --resource, --access-key-id and --event-id can be given");
        }
        attributes.forEach((name, value) -> request.putArray("LookupAttributes")
                .addObject()
                .put("AttributeKey", name)
                .put("AttributeValue", value));
        time(request, "StartTime", "--since", since);
        time(request, "EndTime", "--until", until);
        return request;
    }

    private void time(ObjectNode request, String member, String option, String given) {
        if (given == null) {
            return;
        }
        try {
            Instant at = Moments.before(Instant.now(), ZoneId.systemDefault(), given);
            request.put(member, BigDecimal.valueOf(at.toEpochMilli(), 3));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), option + ": " + e.getMessage(), e);
        }
    }

    static Table table() {
        return new Table()
                .time("TIME", "EventTime")
                .text("USER", "Username")
                .text("EVENT", "EventName")
                .column("OUTCOME", item -> record(item).path("errorCode").asText("done"))
                .column("FROM", item -> record(item).path("sourceIPAddress").asText(""))
                .column("ABOUT", AuditFilters::about)
                .text("EVENT ID", "EventId");
    }

    private static String about(JsonNode item) {
        String arn = item.path("Resources").path(0).path("ResourceName").asText("");
        return arn.substring(arn.lastIndexOf('/') + 1);
    }

    private static JsonNode record(JsonNode item) {
        try {
            return JSON.readTree(item.path("CloudTrailEvent").asText("{}"));
        } catch (IOException e) {
            return JSON.missingNode();
        }
    }
}
