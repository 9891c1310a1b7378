package org.sallyport.core.status.client;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.PrintStream;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/** Asks a server's status socket. */
public final class StatusClient {
    private static final int NOT_RUNNING = 2;
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private StatusClient() {}

    /**
     * Prints what the server says.
     *
     * @param data the server's data folder
     * @return 0 healthy, 1 something is unsatisfied, 2 nothing answers or it is not ours to ask
     */
    public static int ask(Path data, boolean json, PrintStream out, PrintStream err) {
        Path socket = StatusSockets.in(data);
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            channel.configureBlocking(false);
            String question = "{\"ask\":\"status\",\"as\":\"%s\"}".formatted(json ? "json" : "text");
            Lines.write(channel, question.getBytes(StandardCharsets.UTF_8), LIMIT);
            return print(Lines.read(channel, Lines.ANSWER, LIMIT), out);
        } catch (SocketException e) {
            boolean hidden = String.valueOf(e.getMessage()).contains("Permission denied");
            err.printf(
                    hidden
                            ? "sallyport-server: the status socket %s is only for the user that the server runs as (%s)%n"
                            : "sallyport-server: no server runs on this data folder: nothing answers at %s (%s)%n",
                    socket,
                    e.getMessage());
            return NOT_RUNNING;
        } catch (IOException | IllegalArgumentException e) {
            err.printf("sallyport-server: the server at %s gives no proper answer: %s%n", socket, e.getMessage());
            return NOT_RUNNING;
        }
    }

    private static int print(byte[] answer, PrintStream out) throws IOException {
        int exit = NOT_RUNNING;
        try (JsonParser parser = new JsonFactory().createParser(answer)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                if (name.equals("exit")) {
                    exit = parser.getIntValue();
                } else if (name.equals("text")) {
                    out.print(parser.getText());
                } else {
                    parser.skipChildren();
                }
            }
        }
        return exit;
    }
}
