package org.sallyport.front.console.api;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import org.sallyport.api.node.ServiceSettings;
import org.sallyport.api.node.ServiceSettings.Setting;

/** The tier of the account, and the role of cloud instances that have none of their own. */
@Path("settings")
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
public final class SettingsResource {
    private final Services services;

    SettingsResource(Services services) {
        this.services = services;
    }

    /** @param status {@code Default}, {@code Customized} or {@code PendingUpdate} */
    record Shown(String value, String status, String changedAt, String changedBy) {
        static Shown of(Setting setting) {
            return new Shown(
                    setting.value(), setting.status(), setting.lastModified().toString(), setting.lastModifiedBy());
        }
    }

    /** Another value. */
    record Change(String value) {}

    @GET
    @Path("tier")
    public Shown tier(@Context SecurityContext security) {
        return get(security, ServiceSettings.ACTIVATION_TIER);
    }

    /** {@code standard} or {@code advanced}; going back to standard ends the sessions to hybrid nodes. */
    @PUT
    @Path("tier")
    @Consumes(MediaType.APPLICATION_JSON)
    public Shown changeTier(Change change, @Context SecurityContext security) {
        return change(security, ServiceSettings.ACTIVATION_TIER, change);
    }

    @DELETE
    @Path("tier")
    public Shown resetTier(@Context SecurityContext security) {
        return reset(security, ServiceSettings.ACTIVATION_TIER);
    }

    @GET
    @Path("default-role")
    public Shown defaultRole(@Context SecurityContext security) {
        return get(security, ServiceSettings.DEFAULT_ROLE);
    }

    /** A role's name with its path, or {@code $None}. */
    @PUT
    @Path("default-role")
    @Consumes(MediaType.APPLICATION_JSON)
    public Shown changeDefaultRole(Change change, @Context SecurityContext security) {
        return change(security, ServiceSettings.DEFAULT_ROLE, change);
    }

    @DELETE
    @Path("default-role")
    public Shown resetDefaultRole(@Context SecurityContext security) {
        return reset(security, ServiceSettings.DEFAULT_ROLE);
    }

    private Shown get(SecurityContext security, String id) {
        return Shown.of(services.settings().get(Caller.of(security).person(), id));
    }

    private Shown change(SecurityContext security, String id, Change change) {
        String value = Inputs.required(Inputs.body(change).value(), "value");
        services.settings().update(Caller.of(security).person(), id, value);
        return get(security, id);
    }

    private Shown reset(SecurityContext security, String id) {
        return Shown.of(services.settings().reset(Caller.of(security).person(), id));
    }
}
