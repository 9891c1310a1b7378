package org.sallyport.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.sallyport.channel.api.ServiceClient;
import org.sallyport.channel.api.ServiceSettings;
import org.sallyport.channel.websocket.WebSocketConnector;
import org.sallyport.cli.session.HttpsDialer;
import org.sallyport.cli.session.Outcome;
import org.sallyport.cli.session.ShellSession;
import org.sallyport.cli.terminal.LocalTerminal;
import org.sallyport.cli.terminal.PlainText;
import org.sallyport.protocol.message.TerminalSize;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Opens a shell on a managed node. */
@Command(
        name = "start-session",
        mixinStandardHelpOptions = true,
        description = "Opens a shell on a managed node. Enter ~. leaves a session that does not answer.",
        exitCodeListHeading = "Exit status:%n",
        exitCodeList = {
            "0:the program on the node ended, or the session was ended from here",
            "1:the session could not be started, or its connection was lost",
            "2:wrong use",
            "3:the server ended the session; the text says why",
            "4:left with ~."
        })
final class StartSessionCommand implements Callable<Integer> {
    private static final Duration RESUME_LIMIT = Duration.ofSeconds(10);

    @Mixin
    private ConnectionOptions connection;

    @Option(names = "--target", required = true, paramLabel = "ID", description = "The managed node, mi-… or i-….")
    private String target;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the record; at most 256 characters.")
    private String reason;

    @Option(names = "--document-name", paramLabel = "NAME", description = "The session document.")
    private String documentName;

    @Override
    public Integer call() throws Exception {
        ServiceSettings settings = connection.resolve();
        try (ServiceClient client = new ServiceClient(settings);
                ServiceClient quick = new ServiceClient(once(settings));
                WebSocketConnector connector = new WebSocketConnector(settings.trust(), settings.proxy());
                HttpsDialer dialer = new HttpsDialer(quick, connector)) {
            ObjectNode request = JsonNodeFactory.instance.objectNode().put("Target", target);
            if (reason != null) {
                request.put("Reason", reason);
            }
            if (documentName != null) {
                request.put("DocumentName", documentName);
            }
            JsonNode started = client.call("AmazonSSM.StartSession", request);
            String sessionId = member(started, "SessionId");
            System.err.println("Starting session with SessionId: " + PlainText.of(sessionId));
            Outcome outcome = talk(dialer, sessionId, member(started, "TokenValue"), member(started, "StreamUrl"));
            return new Farewell(sessionId, outcome).say(settings, System.err);
        }
    }

    /** One try that is over before a person loses patience; the session tries again. */
    private static ServiceSettings once(ServiceSettings settings) {
        return new ServiceSettings(
                settings.endpoint(),
                settings.region(),
                settings.trust(),
                settings.proxy(),
                settings.credentials(),
                RESUME_LIMIT,
                1);
    }

    private static String member(JsonNode started, String name) throws IOException {
        String text = started.path(name).asText("");
        if (text.isEmpty()) {
            throw new IOException("The server started a session without saying its " + name);
        }
        return text;
    }

    private static Outcome talk(HttpsDialer dialer, String sessionId, String token, String streamUrl) throws Exception {
        try (LocalTerminal terminal = LocalTerminal.open();
                ShellSession session = new ShellSession(
                        sessionId,
                        dialer,
                        TerminalScreen.of(terminal, System.err),
                        size(terminal),
                        terminal.interactive())) {
            CompletableFuture<Outcome> outcome = session.begin(token, URI.create(streamUrl));
            terminal.onResize(() -> session.resize(size(terminal)));
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
