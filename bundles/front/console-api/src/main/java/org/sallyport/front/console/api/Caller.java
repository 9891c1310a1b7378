package org.sallyport.front.console.api;

import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;
import org.sallyport.api.access.Origin;
import org.sallyport.api.access.WebSessions.WebSession;

/** Who asks, as {@link Guard} found out. {@code toString} hides the token. */
record Caller(String token, WebSession session, Origin origin) implements Principal, SecurityContext {

    /** The caller of a request that the guard let pass. */
    static Caller of(SecurityContext context) {
        return (Caller) context.getUserPrincipal();
    }

    /** Who asks, to the services. */
    static org.sallyport.api.access.Principal person(SecurityContext context) {
        return of(context).person();
    }

    org.sallyport.api.access.Principal person() {
        return session.principal().from(origin);
    }

    @Override
    public String getName() {
        return session.principal().name();
    }

    @Override
    public Principal getUserPrincipal() {
        return this;
    }

    /** Never: rights are decided by the services that are called. */
    @Override
    public boolean isUserInRole(String role) {
        return false;
    }

    @Override
    public boolean isSecure() {
        return true;
    }

    @Override
    public String getAuthenticationScheme() {
        return "cookie";
    }

    @Override
    public String toString() {
        return "Caller[" + session + "]";
    }
}
