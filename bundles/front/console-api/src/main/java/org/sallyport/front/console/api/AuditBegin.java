package org.sallyport.front.console.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sallyport.api.audit.Actor;
import org.sallyport.api.audit.AuditCall;

/** Writes down what is about to be done, after the guard and once the body is there. A change without that record is not done. */
@Priority(Priorities.ENTITY_CODER + 100)
final class AuditBegin implements ContainerRequestFilter {
    @Context
    private ResourceInfo called;

    @Override
    public void filter(ContainerRequestContext request) {
        if (!(request.getProperty(AuditedCalls.CALL) instanceof AuditCall call)) {
            return;
        }
        call.about(
                AuditNames.subject(called.getResourceClass(), called.getResourceMethod()),
                AuditNames.weight(called.getResourceMethod(), request.getMethod()));
        byte[] body = body(request);
        if (called.getResourceMethod().isAnnotationPresent(Open.class)) {
            call.by(Actor.named(text(body, "user")));
            // of a sign-out: which credentials, by the half of them that is no secret
            String key = text(body, "accessKeyId");
            call.begins(key.isEmpty() ? Map.of() : Map.of("accessKeyId", key), List.of());
            return;
        }
        if (request.getSecurityContext().getUserPrincipal() instanceof Caller caller) {
            call.by(Actor.of(caller.person()));
        }
        Map<String, Object> parameters = new LinkedHashMap<>();
        request.getUriInfo()
                .getQueryParameters()
                .forEach((name, values) -> parameters.put(name, String.join(",", values)));
        request.getUriInfo()
                .getPathParameters()
                .forEach((name, values) -> parameters.put(name, String.join(",", values)));
        parameters.putAll(members(body));
        call.begins(parameters, List.of());
    }

    /** {@link BodyLimit} has it in memory. */
    private static byte[] body(ContainerRequestContext request) {
        if (!(request.getEntityStream() instanceof ByteArrayInputStream bytes)) {
            return new byte[0];
        }
        byte[] body = bytes.readAllBytes();
        request.setEntityStream(new ByteArrayInputStream(body));
        return body;
    }

    private static Map<String, Object> members(byte[] body) {
        Map<String, Object> members = new LinkedHashMap<>();
        try {
            JsonNode read = Json.MAPPER.readTree(body);
            if (read != null) {
                read.properties().forEach(member -> members.put(member.getKey(), plain(member.getValue())));
            }
        } catch (IOException e) {
            members.put("unreadable", true);
        }
        return members;
    }

    /** One member alone: the password is made into no text. */
    private static String text(byte[] body, String name) {
        try (JsonParser parser = Json.MAPPER.createParser(body)) {
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.FIELD_NAME
                        && parser.currentName().equals(name)) {
                    return parser.nextToken() == JsonToken.VALUE_STRING ? parser.getText() : "";
                }
            }
        } catch (IOException e) {
            return "";
        }
        return "";
    }

    /** Texts, numbers, truth values, lists and maps. */
    static Object plain(JsonNode node) {
        if (node.isObject()) {
            Map<String, Object> members = new LinkedHashMap<>();
            node.properties().forEach(member -> members.put(member.getKey(), plain(member.getValue())));
            return members;
        }
        if (node.isArray()) {
            List<Object> items = new ArrayList<>();
            node.forEach(item -> items.add(plain(item)));
            return items;
        }
        if (node.isNull()) {
            return null;
        }
        return node.isNumber() ? node.numberValue() : node.isBoolean() ? (Object) node.booleanValue() : node.asText();
    }
}
