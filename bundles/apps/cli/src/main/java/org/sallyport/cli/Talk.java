package org.sallyport.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.sallyport.channel.api.ServiceClient;
import org.sallyport.channel.api.ServiceSettings;
import org.sallyport.channel.websocket.WebSocketConnector;
import org.sallyport.cli.session.Client;
import org.sallyport.cli.session.HttpsDialer;
import org.sallyport.cli.session.Outcome;
import org.sallyport.cli.session.ShellSession;
import org.sallyport.cli.settings.SessionFiles;
import org.sallyport.cli.terminal.LocalTerminal;
import org.sallyport.cli.terminal.PlainText;
import org.sallyport.protocol.message.TerminalSize;

/** A shell on this terminal, from its token to its last line. */
record Talk(ServiceSettings settings, SessionFiles files) {
    private static final Duration RESUME_LIMIT = Duration.ofSeconds(10);

    /**
     * Blocks until the session is over for this terminal.
     *
     * @param answer of StartSession or ResumeSession
     * @param takesOver the client that has the session, when it is not new
     * @return the exit status, see {@link StartSessionCommand}
     */
    int run(JsonNode answer, Optional<String> takesOver) throws Exception {
        String sessionId = member(answer, "SessionId");
        String token = member(answer, "TokenValue");
        String streamUrl = member(answer, "StreamUrl");
        String id = UUID.randomUUID().toString();
        if (takesOver.isEmpty()) {
            keep(sessionId, id);
        }
        Client client = new Client(id, takesOver, () -> keep(sessionId, id));
        Outcome outcome;
        try (ServiceClient quick = new ServiceClient(once());
                WebSocketConnector connector = new WebSocketConnector(settings.trust(), settings.proxy());
                HttpsDialer dialer = new HttpsDialer(quick, connector)) {
            outcome = talk(dialer, client, sessionId, token, streamUrl);
        }
        int status = new Farewell(sessionId, outcome).say(settings, System.err);
        if (outcome.how() != Outcome.How.MOVED) {
            forget(sessionId, id);
        }
        return status;
    }

    /** A session is not worth less for a home that cannot be written to; it can only not be taken over. */
    private void keep(String sessionId, String clientId) {
        try {
            files.keep(sessionId, clientId);
        } catch (IOException | IllegalArgumentException e) {
            System.err.println("sallyport attach will not find this session: " + PlainText.of(e.getMessage()));
        }
    }

    private void forget(String sessionId, String clientId) {
        try {
            files.forget(sessionId, clientId);
        } catch (IOException | IllegalArgumentException e) {
            System.err.println("The session's file stays: " + PlainText.of(e.getMessage()));
        }
    }

    /** One try that is over before a person loses patience; the session tries again. */
    private ServiceSettings once() {
        return new ServiceSettings(
                settings.endpoint(),
                settings.region(),
                settings.trust(),
                settings.proxy(),
                settings.credentials(),
                RESUME_LIMIT,
                1);
    }

    private static String member(JsonNode answer, String name) throws IOException {
        String text = answer.path(name).asText("");
        if (text.isEmpty()) {
            throw new IOException("The server started a session without saying its " + name);
        }
        return text;
    }

    private static Outcome talk(HttpsDialer dialer, Client client, String sessionId, String token, String streamUrl)
            throws Exception {
        try (LocalTerminal terminal = LocalTerminal.open();
                ShellSession session = new ShellSession(
                        sessionId,
                        client,
                        dialer,
                        TerminalScreen.of(terminal, System.err),
                        size(terminal),
                        terminal.interactive())) {
            CompletableFuture<Outcome> outcome = session.begin(token, URI.create(streamUrl));
            terminal.onResize(() -> session.resize(size(terminal)));
            // It may have changed before somebody listened.
            session.resize(size(terminal));
            Thread keyboard = new Thread(
                    new Keyboard(terminal.input(), terminal.interactive(), session, outcome),
                    "sallyport-cli-keyboard-1");
            keyboard.setDaemon(true);
            keyboard.start();
            return outcome.get();
        }
    }

    private static TerminalSize size(LocalTerminal terminal) {
        LocalTerminal.Dimensions now = terminal.size();
        return new TerminalSize(now.columns(), now.rows());
    }
}
