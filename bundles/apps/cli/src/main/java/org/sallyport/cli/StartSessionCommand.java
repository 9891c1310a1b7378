package org.sallyport.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.sallyport.channel.api.ServiceClient;
import org.sallyport.channel.api.ServiceException;
import org.sallyport.channel.api.ServiceSettings;
import org.sallyport.channel.websocket.WebSocketConnector;
import org.sallyport.cli.session.HttpsDialer;
import org.sallyport.cli.session.Outcome;
import org.sallyport.cli.session.Screen;
import org.sallyport.cli.session.ShellSession;
import org.sallyport.cli.terminal.EscapeKeys;
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
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final byte[] END_OF_INPUT = {4};

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
                WebSocketConnector connector = new WebSocketConnector(settings.trust(), settings.proxy());
                HttpsDialer dialer = new HttpsDialer(client, connector)) {
            ObjectNode request = JSON.createObjectNode().put("Target", target);
            if (reason != null) {
                request.put("Reason", reason);
            }
            if (documentName != null) {
                request.put("DocumentName", documentName);
            }
            JsonNode started = client.call("AmazonSSM.StartSession", request);
            String sessionId = started.required("SessionId").asText();
            System.err.println("Starting session with SessionId: " + PlainText.of(sessionId));
            Outcome outcome = talk(dialer, sessionId, started);
            return report(settings, sessionId, outcome);
        }
    }

    private static Outcome talk(HttpsDialer dialer, String sessionId, JsonNode started) throws Exception {
        try (LocalTerminal terminal = LocalTerminal.open();
                ShellSession session = new ShellSession(sessionId, dialer, screen(terminal), size(terminal))) {
            CompletableFuture<Outcome> outcome = session.begin(
                    started.required("TokenValue").asText(),
                    URI.create(started.required("StreamUrl").asText()));
            terminal.onResize(() -> session.resize(size(terminal)));
            Thread keyboard = new Thread(() -> readKeys(terminal, session), "sallyport-cli-keyboard-1");
            keyboard.setDaemon(true);
            keyboard.start();
            return outcome.get();
        }
    }

    private static void readKeys(LocalTerminal terminal, ShellSession session) {
        EscapeKeys escape = new EscapeKeys();
        byte[] buffer = new byte[4096];
        try {
            InputStream in = terminal.input();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                if (!terminal.interactive()) {
                    session.type(Arrays.copyOf(buffer, n));
                    continue;
                }
                EscapeKeys.Keys keys = escape.typed(buffer, n);
                session.type(keys.bytes());
                if (keys.leave()) {
                    session.leave();
                    return;
                }
            }
            session.type(END_OF_INPUT);
        } catch (IOException e) {
            session.leave();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static TerminalSize size(LocalTerminal terminal) {
        LocalTerminal.Dimensions now = terminal.size();
        return new TerminalSize(now.columns(), now.rows());
    }

    private static Screen screen(LocalTerminal terminal) {
        OutputStream out = terminal.output();
        PrintStream talk = System.err;
        return new Screen() {
            @Override
            public void output(byte[] bytes) throws IOException {
                out.write(bytes);
                out.flush();
            }

            @Override
            public void error(byte[] bytes) {
                talk.writeBytes(bytes);
                talk.flush();
            }

            @Override
            public void notice(String text) {
                talk.print("\r\n[sallyport: " + PlainText.of(text) + "]\r\n");
                talk.flush();
            }
        };
    }

    private static int report(ServiceSettings settings, String sessionId, Outcome outcome) {
        switch (outcome.how()) {
            case ENDED -> System.err.println("\nSession " + PlainText.of(sessionId) + " ended.");
            case LEFT -> System.err.println("\n" + terminate(settings, sessionId));
            default ->
                System.err.printf("%nSession %s: %s%n", PlainText.of(sessionId), PlainText.lines(outcome.text()));
        }
        return switch (outcome.how()) {
            case ENDED -> 0;
            case LOST -> 1;
            case CLOSED -> 3;
            case LEFT -> 4;
        };
    }

    /** Who leaves does not want a shell to stay; the server may be what does not answer, so this is short and tried once. */
    private static String terminate(ServiceSettings settings, String sessionId) {
        ServiceSettings once = new ServiceSettings(
                settings.endpoint(),
                settings.region(),
                settings.trust(),
                settings.proxy(),
                settings.credentials(),
                Duration.ofSeconds(3),
                1);
        try (ServiceClient client = new ServiceClient(once)) {
            client.call("AmazonSSM.TerminateSession", JSON.createObjectNode().put("SessionId", sessionId));
            return "Left session " + sessionId + " and ended it.";
        } catch (IOException | ServiceException e) {
            return "Left session %s. It could not be ended (%s); the server ends it when nobody comes back."
                    .formatted(sessionId, e.getMessage());
        }
    }
}
