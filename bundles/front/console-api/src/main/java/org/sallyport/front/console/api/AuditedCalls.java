package org.sallyport.front.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.annotation.Priority;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.lang.annotation.Annotation;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.sallyport.api.access.Principal;
import org.sallyport.api.access.PrincipalType;
import org.sallyport.api.audit.Actor;
import org.sallyport.api.audit.AuditCall;
import org.sallyport.api.audit.Failure;
import org.sallyport.api.audit.Origin;
import org.sallyport.api.error.SallyportException;

/**
 * Opens the record of each request before anything else is looked at, and writes what came of it before the answer is sent. Without the record of a
 * change, or of a sign-in, the answer is 503.
 */
@PreMatching
@Priority(0)
final class AuditedCalls implements ContainerRequestFilter, ContainerResponseFilter {
    /** Property of a request: its {@link AuditCall}. */
    static final String CALL = "sallyport.audit";

    /** Attribute of a request: the {@link Principal} who signed in by it, where the answer does not tell. */
    static final String PERSON = "sallyport.audit.person";

    private final Services services;

    @Context
    private HttpServletRequest servlet;

    @Context
    private ResourceInfo called;

    AuditedCalls(Services services) {
        this.services = services;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        String agent = Optional.ofNullable(request.getHeaderString(HttpHeaders.USER_AGENT))
                .orElse("");
        Origin origin =
                new Origin(servlet.getRemoteAddr(), agent, UUID.randomUUID().toString());
        request.setProperty(CALL, services.audit().open(AuditNames.unknown(), origin));
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (request.getProperty(CALL) instanceof AuditCall call) {
            request.removeProperty(CALL);
            try (call) {
                if (called.getResourceMethod() != null) {
                    call.about(
                            AuditNames.subject(called.getResourceClass(), called.getResourceMethod()),
                            AuditNames.weight(called.getResourceMethod(), request.getMethod()));
                }
                actor(request, response).ifPresent(call::by);
                boolean reads = request.getMethod().equals("GET");
                call.answered(failure(response), reads ? Map.of() : elements(response));
            } catch (SallyportException e) {
                refuse(response, e);
            }
        }
    }

    /** Who the guard let in, or who signed in just now. */
    private Optional<Actor> actor(ContainerRequestContext request, ContainerResponseContext response) {
        if (servlet.getAttribute(PERSON) instanceof Principal person) {
            return Optional.of(Actor.of(person));
        }
        if (request.getSecurityContext().getUserPrincipal() instanceof Caller caller) {
            return Optional.of(Actor.of(caller.person()));
        }
        return response.getEntity() instanceof SessionResource.Signed signed
                ? Optional.of(Actor.of(person(signed.user())))
                : Optional.empty();
    }

    private static Principal person(SessionResource.User user) {
        String account = user.arn().split(":", 6)[4];
        return new Principal(account, PrincipalType.USER, user.id(), user.name(), user.arn());
    }

    private static Optional<Failure> failure(ContainerResponseContext response) {
        if (response.getEntity() instanceof Problem problem) {
            String code = problem.type().substring(problem.type().lastIndexOf(':') + 1);
            return Optional.of(new Failure(code, problem.detail() + " (" + problem.reference() + ")"));
        }
        return response.getStatus() < 400
                ? Optional.empty()
                : Optional.of(new Failure(Integer.toString(response.getStatus()), ""));
    }

    /** The trail takes secrets out by their names; what a session of a browser is made of is left out here. */
    private static Map<String, Object> elements(ContainerResponseContext response) {
        Map<String, Object> elements = new LinkedHashMap<>();
        if (response.getEntity() != null && !(response.getEntity() instanceof SessionResource.Signed)) {
            JsonNode body = Json.MAPPER.valueToTree(response.getEntity());
            body.properties().forEach(member -> elements.put(member.getKey(), AuditBegin.plain(member.getValue())));
        }
        return elements;
    }

    private static void refuse(ContainerResponseContext response, SallyportException e) {
        try (Response refusal = new Problems().toResponse(e)) {
            response.setStatus(refusal.getStatus());
            response.getHeaders().clear();
            response.getHeaders().putAll(refusal.getHeaders());
            response.setEntity(refusal.getEntity(), new Annotation[0], MediaType.valueOf(Problem.MEDIA_TYPE));
        }
    }
}
