package org.sallyport.front.console.api;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;

/** Tells the browser what changed, so that it need not ask. */
@Path("events")
public final class EventsResource {
    private final EventStreams streams;

    EventsResource(EventStreams streams) {
        this.streams = streams;
    }

    /**
     * Events {@code nodes} and {@code sessions} with {@code {"ids":[…]}}: these changed; without ids anything may have. A comment each 15 s
     * keeps the connection. Ends with the session.
     */
    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public void open(@Context SseEventSink sink, @Context Sse sse, @Context SecurityContext security) {
        streams.open(Caller.of(security), new SseStream(sink, sse));
    }
}
