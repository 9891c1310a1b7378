package org.sallyport.front.console.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** The description of this API. */
@Path("openapi.json")
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
public final class OpenApiResource {
    private final ObjectNode document = OpenApi.of(ConsoleApplication.RESOURCES);

    @GET
    public ObjectNode get() {
        return document;
    }
}
