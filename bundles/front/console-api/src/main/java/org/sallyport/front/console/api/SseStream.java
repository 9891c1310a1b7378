package org.sallyport.front.console.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.Collection;
import java.util.Map;

/** A stream of server-sent events. */
record SseStream(SseEventSink sink, Sse sse) implements Stream {
    @Override
    public boolean open() {
        return !sink.isClosed();
    }

    @Override
    public void changed(String event, Collection<String> ids) {
        try {
            String data = Json.MAPPER.writeValueAsString(Map.of("ids", ids));
            send(sse.newEventBuilder().name(event).data(data).build());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts can always be written", e);
        }
    }

    @Override
    public void heartbeat() {
        send(sse.newEventBuilder().comment("here").build());
    }

    @Override
    public void close() {
        sink.close();
    }

    private void send(OutboundSseEvent event) {
        if (sink.send(event).toCompletableFuture().isCompletedExceptionally()) {
            sink.close();
        }
    }
}
