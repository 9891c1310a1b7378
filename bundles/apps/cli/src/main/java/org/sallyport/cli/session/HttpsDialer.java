package org.sallyport.cli.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.sallyport.channel.Backoff;
import org.sallyport.channel.api.ServiceClient;
import org.sallyport.channel.api.ServiceException;
import org.sallyport.channel.websocket.WebSocketConnector;
import org.sallyport.channel.websocket.WebSocketListener;
import org.sallyport.channel.websocket.WebSocketSettings;

/** Reaches the server over its API and its channel port. One thread of its own waits for the API. */
public final class HttpsDialer implements Dialer, AutoCloseable {
    private static final Duration GIVE_UP = Duration.ofMinutes(15);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

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
    public void resume(String sessionId, Consumer<Optional<String>> token, Consumer<String> lost) {
        waiting.execute(() -> {
            Backoff backoff = new Backoff(FIRST_PAUSE, LONGEST_PAUSE);
            long end = System.nanoTime() + GIVE_UP.toNanos();
            String last = "";
            while (System.nanoTime() < end) {
                try {
                    TimeUnit.MILLISECONDS.sleep(backoff.next().toMillis());
                    token.accept(ask(sessionId));
                    return;
                } catch (ServiceException e) {
                    lost.accept("The server does not let the session go on: " + e.getMessage());
                    return;
                } catch (IOException e) {
                    last = e.getMessage();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
            lost.accept("The server could not be reached for %d minutes: %s".formatted(GIVE_UP.toMinutes(), last));
        });
    }

    private Optional<String> ask(String sessionId) throws IOException {
        JsonNode answer = client.call(
                "AmazonSSM.ResumeSession", new ObjectMapper().createObjectNode().put("SessionId", sessionId));
        return Optional.of(answer.path("TokenValue").asText("")).filter(text -> !text.isEmpty());
    }

    @Override
    public void close() {
        waiting.shutdownNow();
    }
}
