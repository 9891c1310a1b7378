package org.sallyport.cli.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
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

    /**
     * Notices a dead peer within half a minute while nobody types; {@link LinkWatch} asks sooner when somebody does. The specification
     * leaves the client's times to the client (section 2.3).
     */
    private static final WebSocketSettings TIMES = new WebSocketSettings(
            Duration.ofSeconds(15), Duration.ofSeconds(10), Duration.ofSeconds(28), Duration.ofSeconds(28), true);

    private final ServiceClient client;
    private final WebSocketConnector connector;
    private final ExecutorService waiting = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "sallyport-cli-resume-1");
        thread.setDaemon(true);
        return thread;
    });

    /** @param client with a short deadline and without tries of its own: the session counts them, and tells the person */
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
                answer.over(cause(sessionId));
            } else {
                answer.token(token);
            }
        } catch (ServiceException e) {
            // A web server whose API has not come up yet answers with a page; only the API itself can refuse.
            boolean fromApi = !e.code().startsWith("HTTP ");
            boolean passes = e.status() >= SERVER_ERRORS || e.status() == TOO_MANY_REQUESTS || !fromApi;
            if (passes) {
                answer.away(e.getMessage());
            } else {
                answer.refused(e.toString());
            }
        } catch (IOException e) {
            answer.away(e.getMessage());
        }
    }

    /** As the history tells it; who may not read that does without. */
    private String cause(String sessionId) {
        ObjectNode request = JsonNodeFactory.instance.objectNode().put("State", "History");
        request.putArray("Filters").addObject().put("key", "SessionId").put("value", sessionId);
        try {
            JsonNode ended = client.call("AmazonSSM.DescribeSessions", request);
            return ended.path("Sessions").path(0).path("Details").asText("");
        } catch (ServiceException | IOException e) {
            return "";
        }
    }

    @Override
    public void close() {
        waiting.shutdownNow();
    }
}
