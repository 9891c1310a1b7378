package org.sallyport.front.aws.cloudtrail;

import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.sallyport.api.audit.AuditEntry;
import org.sallyport.api.audit.AuditLog;
import org.sallyport.api.audit.AuditQuery;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.page.Page;
import org.sallyport.front.aws.Input;
import org.sallyport.front.aws.Operation;
import org.sallyport.front.aws.Output;
import org.sallyport.front.aws.RequestError;
import org.sallyport.front.aws.Serves;

/** Finds records of the audit trail, the newest first. */
@Component
@Serves(target = "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents")
public final class LookupEvents implements Operation {
    private static final int DEFAULT_ITEMS = 50;

    private final AuditLog log;

    @Activate
    public LookupEvents(@Reference AuditLog log) {
        this.log = log;
    }

    @Override
    public Output call(Call call) {
        Input input = call.input();
        Page<AuditEntry> page = log.lookup(call.principal(), query(input), input.page(DEFAULT_ITEMS));
        return Output.empty().with("Events", page.items(), LookupEvents::event).withText("NextToken", page.nextToken());
    }

    private static AuditQuery query(Input input) {
        List<Input> attributes = input.structures("LookupAttributes");
        if (attributes.size() > 1) {
            throw new SallyportException(
                    RequestError.LOOKUP_ATTRIBUTES, "Only one lookup attribute can be given, as in CloudTrail");
        }
        if (attribute(attributes, "ResourceType").isPresent()) {
            throw new SallyportException(
                    RequestError.LOOKUP_ATTRIBUTES, "Records name resources without their types; use ResourceName");
        }
        if (input.time("StartTime").isPresent()
                && input.time("EndTime").isPresent()
                && input.time("StartTime").get().isAfter(input.time("EndTime").get())) {
            throw new SallyportException(RequestError.TIME_RANGE, "StartTime is after EndTime");
        }
        return new AuditQuery(
                input.time("StartTime"),
                input.time("EndTime"),
                attribute(attributes, "Username"),
                attribute(attributes, "EventName"),
                attribute(attributes, "EventSource"),
                attribute(attributes, "EventId"),
                attribute(attributes, "AccessKeyId"),
                attribute(attributes, "ResourceName"),
                Optional.empty(),
                attribute(attributes, "ReadOnly").map(Boolean::parseBoolean));
    }

    private static Optional<String> attribute(List<Input> attributes, String key) {
        return attributes.stream()
                .filter(a -> a.required("AttributeKey").equals(key))
                .map(a -> a.required("AttributeValue"))
                .findFirst();
    }

    private static Output event(AuditEntry entry) {
        return Output.empty()
                .with("EventId", entry.eventId())
                .with("EventName", entry.eventName())
                .with("ReadOnly", Boolean.toString(entry.readOnly()))
                .withText("AccessKeyId", entry.accessKeyId())
                .with("EventTime", entry.time())
                .with("EventSource", entry.eventSource())
                .withText("Username", entry.userName())
                .with("Resources", entry.resources(), arn -> Output.empty().with("ResourceName", arn))
                .with("CloudTrailEvent", entry.json());
    }
}
