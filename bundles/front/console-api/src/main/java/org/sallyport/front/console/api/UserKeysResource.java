package org.sallyport.front.console.api;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Optional;
import org.sallyport.api.iam.LastUsed;
import org.sallyport.api.iam.UserKeys.Made;
import org.sallyport.front.console.api.AccessViews.KeyShown;

/** Access keys of a user. */
@Path("users")
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
public final class UserKeysResource {
    private final Services services;

    UserKeysResource(Services services) {
        this.services = services;
    }

    /** A new key. {@code toString} hides its secret, which is shown this once. */
    record MadeKey(String accessKeyId, String secretAccessKey) {
        @Override
        public String toString() {
            return "MadeKey[" + accessKeyId + "]";
        }
    }

    /** Whether the key shall open anything. */
    record KeyChange(Boolean active) {}

    /** @param usedAt null when never */
    record KeyUse(@Maybe String usedAt, @Maybe String service, @Maybe String region) {
        static KeyUse of(Optional<LastUsed> used) {
            return used.map(last -> new KeyUse(last.at().toString(), last.service(), last.region()))
                    .orElseGet(() -> new KeyUse(null, null, null));
        }
    }

    @GET
    @Path("{name}/keys")
    public Listing<KeyShown> list(
            @PathParam("name") String name,
            @QueryParam("max") Integer max,
            @QueryParam("next") String next,
            @Context SecurityContext security) {
        return Paging.listing(
                services.access().keys().list(Caller.person(security), Optional.of(name), Paging.request(max, next)),
                KeyShown::of);
    }

    @POST
    @Path("{name}/keys")
    @Answers(status = 201, body = MadeKey.class)
    public Response create(@PathParam("name") String name, @Context SecurityContext security) {
        Made made = services.access().keys().create(Caller.person(security), Optional.of(name));
        return Response.status(201)
                .entity(new MadeKey(made.key().accessKeyId(), made.secretAccessKey()))
                .build();
    }

    @PUT
    @Path("{name}/keys/{key}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Answers(status = 204)
    public void activate(
            @PathParam("name") String name,
            @PathParam("key") String key,
            KeyChange change,
            @Context SecurityContext security) {
        services.access()
                .keys()
                .update(
                        Caller.person(security),
                        Optional.of(name),
                        key,
                        Inputs.required(Inputs.body(change).active(), "active"));
    }

    @DELETE
    @Path("{name}/keys/{key}")
    @Answers(status = 204)
    public void delete(
            @PathParam("name") String name, @PathParam("key") String key, @Context SecurityContext security) {
        services.access().keys().delete(Caller.person(security), Optional.of(name), key);
    }

    /** When the key signed last, and for what. */
    @GET
    @Path("{name}/keys/{key}/use")
    public KeyUse use(@PathParam("name") String name, @PathParam("key") String key, @Context SecurityContext security) {
        return KeyUse.of(
                services.access().keys().lastUsed(Caller.person(security), key).used());
    }
}
