package org.sallyport.front.console.api;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.sallyport.api.edge.ServerAddress;

/** What the server is. */
@Path("server")
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
public final class ServerResource {
    private final Services services;

    ServerResource(Services services) {
        this.services = services;
    }

    /** @param channel origin of the stream addresses, {@code wss://…} */
    record Server(String version, String region, String accountId, String channel) {}

    @GET
    public Server get() {
        ServerAddress address = services.address();
        return new Server(
                services.version(),
                address.region(),
                address.accountId(),
                address.channel().toString());
    }
}
