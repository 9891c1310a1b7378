package org.sallyport.front.console.api;

import jakarta.annotation.Priority;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Cookie;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;
import org.sallyport.api.access.AccessError;
import org.sallyport.api.access.Origin;
import org.sallyport.api.error.SallyportException;

/**
 * Lets a request pass only with a session and, if it may change something, only from the console's own pages. What the person may do is
 * decided by the services that are called.
 */
@Priority(Priorities.AUTHENTICATION)
final class Guard implements ContainerRequestFilter {
    /** Name of the cookie; the prefix makes browsers take it from this host alone and over TLS only. */
    static final String COOKIE = "__Host-sallyport";

    /** Header with the forgery token. */
    static final String FORGERY_HEADER = "X-CSRF-Token";

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    private final Services services;

    @Context
    private ResourceInfo called;

    @Context
    private HttpServletRequest servlet;

    Guard(Services services) {
        this.services = services;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        Open open = called.getResourceMethod() == null
                ? null
                : called.getResourceMethod().getAnnotation(Open.class);
        if (open != null && open.programs()) {
            Origins.refuseBrowsers(header(request, "Origin"), header(request, "Sec-Fetch-Site"));
            return;
        }
        boolean change = !SAFE.contains(request.getMethod());
        Origins.require(services.address().api(), header(request, "Origin"), header(request, "Sec-Fetch-Site"), change);
        if (open != null) {
            return;
        }
        String token = token(request)
                .orElseThrow(() -> new SallyportException(AccessError.SIGNED_OUT, "You are not signed in; sign in."));
        Caller caller = new Caller(token, services.webSessions().find(token), origin(request));
        if (change
                && !sameText(
                        header(request, FORGERY_HEADER).orElse(""),
                        caller.session().forgeryToken())) {
            throw new SallyportException(
                    RequestError.REQUEST_FORGED,
                    "The header %s is missing or not this session's; take it from GET /session."
                            .formatted(FORGERY_HEADER));
        }
        request.setSecurityContext(caller);
    }

    /** The socket's peer: forwarded headers are for anybody to write. The port speaks TLS only. */
    private Origin origin(ContainerRequestContext request) {
        return Origin.overTls(servlet.getRemoteAddr(), header(request, "User-Agent"));
    }

    /** The token that the browser sent, whether or not it holds. */
    static Optional<String> token(ContainerRequestContext request) {
        return Optional.ofNullable(request.getCookies().get(COOKIE)).map(Cookie::getValue);
    }

    private static Optional<String> header(ContainerRequestContext request, String name) {
        return Optional.ofNullable(request.getHeaderString(name));
    }

    private static boolean sameText(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
