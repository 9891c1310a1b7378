package org.sallyport.front.aws;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;
import org.sallyport.api.access.WireRequest;
import org.sallyport.api.error.SallyportException;

/** The one resource of the AWS-shaped APIs. Takes requests as raw bytes, because signatures cover them as they were sent. */
@Component(service = AwsResource.class)
@JakartarsResource
@Path("/")
public class AwsResource {
    /** Seconds after which a caller may try again what was away for a moment. */
    private static final int RETRY_AFTER = 1;

    /** Tells core/edge that an answer is the front's own. */
    private static final String TAKEN = "sallyport.front";

    private final Dispatcher dispatcher;

    @Activate
    public AwsResource(@Reference Dispatcher dispatcher) {
        this.dispatcher = dispatcher;
    }

    /** Answers with AWS's shapes in every case. */
    @POST
    @Consumes("*/*")
    public Response post(@Context HttpServletRequest servlet, InputStream content) throws IOException {
        servlet.setAttribute(TAKEN, true);
        try {
            byte[] body = Body.read(content, servlet.getContentLengthLong(), System::nanoTime);
            return response(dispatcher.handle(request(servlet, body)));
        } catch (SallyportException e) {
            return response(dispatcher.refuse(request(servlet, new byte[0]), e));
        }
    }

    /** No operation is called so. */
    @GET
    public Response get(@Context HttpServletRequest servlet) {
        return unknown(servlet);
    }

    /** No operation is called so. */
    @PUT
    public Response put(@Context HttpServletRequest servlet) {
        return unknown(servlet);
    }

    /** No operation is called so. */
    @DELETE
    public Response delete(@Context HttpServletRequest servlet) {
        return unknown(servlet);
    }

    /** No operation is called so. */
    @PATCH
    public Response patch(@Context HttpServletRequest servlet) {
        return unknown(servlet);
    }

    /** No operation is called so. */
    @OPTIONS
    public Response options(@Context HttpServletRequest servlet) {
        return unknown(servlet);
    }

    private Response unknown(HttpServletRequest servlet) {
        servlet.setAttribute(TAKEN, true);
        return response(dispatcher.unknown(request(servlet, new byte[0])));
    }

    private static WireRequest request(HttpServletRequest servlet, byte[] body) {
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        for (String name : Collections.list(servlet.getHeaderNames())) {
            Collections.list(servlet.getHeaders(name)).forEach(value -> headers.add(Map.entry(name, value)));
        }
        String query = servlet.getQueryString();
        return new WireRequest(
                servlet.getMethod(),
                servlet.getRequestURI(),
                query == null ? "" : query,
                headers,
                body,
                // the socket's peer: forwarded headers are for anybody to write
                servlet.getRemoteAddr());
    }

    private static Response response(Answer answer) {
        Response.ResponseBuilder builder = Response.status(answer.status()).type(answer.contentType());
        answer.headers().forEach(builder::header);
        if (answer.status() == Response.Status.SERVICE_UNAVAILABLE.getStatusCode()) {
            builder.header("Retry-After", RETRY_AFTER);
        }
        return builder.entity(answer.body()).build();
    }
}
