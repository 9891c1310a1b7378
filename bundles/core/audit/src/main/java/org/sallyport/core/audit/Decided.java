package org.sallyport.core.audit;

import java.util.LinkedHashMap;
import java.util.Map;
import org.sallyport.api.access.AccessRequest;

/** One thing that the decision point said. */
record Decided(String action, String resource, boolean allowed) {
    static Decided of(AccessRequest request, boolean allowed) {
        return new Decided(request.action(), request.resource(), allowed);
    }

    Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("action", Hidden.name(action));
        members.put("resource", Hidden.name(resource));
        members.put("outcome", allowed ? "Allow" : "Deny");
        return members;
    }
}
