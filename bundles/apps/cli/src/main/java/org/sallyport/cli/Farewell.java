package org.sallyport.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import org.sallyport.channel.api.ServiceClient;
import org.sallyport.channel.api.ServiceException;
import org.sallyport.channel.api.ServiceSettings;
import org.sallyport.cli.session.Outcome;
import org.sallyport.cli.terminal.PlainText;

/** The last line of a session and its exit status; the statuses are in {@link StartSessionCommand}. */
record Farewell(String sessionId, Outcome outcome) {
    private static final Duration TERMINATE_LIMIT = Duration.ofSeconds(3);

    /** Says how it ended, and ends on the server what only this client gave up. */
    int say(ServiceSettings settings, PrintStream talk) {
        String session = "Session " + PlainText.of(sessionId);
        switch (outcome.how()) {
            case ENDED -> talk.printf("%n%s ended.%n", session);
            case CLOSED -> talk.printf("%n%s: %s%n", session, PlainText.lines(outcome.text()));
            case MOVED -> talk.printf("%n%s%n", PlainText.lines(outcome.text()));
            case LEFT -> talk.printf("%n%s was left. %s%n", session, terminate(settings));
            case LOST -> talk.printf("%n%s: %s %s%n", session, PlainText.lines(outcome.text()), terminate(settings));
        }
        return status();
    }

    int status() {
        return switch (outcome.how()) {
            case ENDED -> 0;
            case LOST -> 1;
            case CLOSED -> 3;
            case LEFT -> 4;
            case MOVED -> 5;
        };
    }

    /** Who goes does not want a shell to stay; the server may be what does not answer, so this is short and tried once. */
    private String terminate(ServiceSettings settings) {
        ServiceSettings once = new ServiceSettings(
                settings.endpoint(),
                settings.region(),
                settings.trust(),
                settings.proxy(),
                settings.credentials(),
                TERMINATE_LIMIT,
                1);
        try (ServiceClient client = new ServiceClient(once)) {
            client.call(
                    "AmazonSSM.TerminateSession",
                    JsonNodeFactory.instance.objectNode().put("SessionId", sessionId));
            return "It was ended on the server.";
        } catch (IOException | ServiceException e) {
            return "It could not be ended (%s); the server ends it when nobody comes back."
                    .formatted(PlainText.of(e.getMessage()));
        }
    }
}
