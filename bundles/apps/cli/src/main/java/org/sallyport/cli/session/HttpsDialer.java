package org.sallyport.cli.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.sallyport.channel.api.ServiceClient;
import org.sallyport.channel.api.ServiceException;
import org.sallyport.channel.websocket.WebSocketConnector;
import org.sallyport.channel.websocket.WebSocketListener;
import org.sallyport.channel.websocket.WebSocketSettings;

/** Reaches the server over its API and its channel port. One thread of its own, {@code sallyport-cli-resume-1}, waits for the API. */
public final class HttpsDialer implements Dialer, AutoCloseable {
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERRORS = 500;

    /** Notices a dead peer within a minute; the specification leaves the client's times to the client (section 2.3). */
    private static final WebSocketSettings TIMES = new WebSocketSettings(
            Duration.ofSeconds(15), Duration.ofSeconds(20), Duration.ofSeconds(45), Duration.ofSeconds(45));

    private final ServiceClient client;
    private final WebSocketConnector connector;
    private final ExecutorService waiting = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "sallyport-cli-resume-1");
        thread.setDaemon(true);
        return thread;
    });

    public HttpsDialer(ServiceClient client, WebSocketConnector connector) {
        this.client = client;
        this.connector = connector;
    }

    @Override
    public void dial(URI streamUrl, WebSocketListener listener) {
        connector.connect(streamUrl, List.of(), TIMES, listener);
    }

    @Override
    public void resume(String sessionId, Answer answer) {
        waiting.execute(() -> ask(sessionId, answer));
    }

    private void ask(String sessionId, Answer answer) {
        try {
            JsonNode resumed = client.call(
                    "AmazonSSM.ResumeSession",
                    JsonNodeFactory.instance.objectNode().put("SessionId", sessionId));
            String token = resumed.path("TokenValue").asText("");
            if (token.isEmpty()) {
                answer.over();
            } else {
                answer.token(token);
            }
        } catch (ServiceException e) {
            boolean passes = e.status() >= SERVER_ERRORS || e.status() == TOO_MANY_REQUESTS;
            if (passes) {
                answer.away(e.getMessage());
            } else {
                answer.refused(e.toString());
            }
        } catch (IOException e) {
            answer.away(e.getMessage());
        }
    }

    @Override
    public void close() {
        waiting.shutdownNow();
    }
}
