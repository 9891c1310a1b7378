package org.sallyport.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.sallyport.channel.api.ServiceClient;
import org.sallyport.channel.api.ServiceSettings;
import org.sallyport.cli.settings.SessionFiles;
import org.sallyport.cli.terminal.PlainText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Goes on with a session of one's own in this terminal. */
@Command(
        name = "attach",
        mixinStandardHelpOptions = true,
        description = {
            "Goes on in this terminal with a session that was opened on this machine, by the same account.",
            "The terminal that had it until now, if there is one still, is told and ends. Output that it had not shown comes here."
        },
        exitCodeListHeading = "Exit status:%n",
        exitCodeList = {
            "0:the program on the node ended, or the session was ended from here",
            "1:the session could not be taken over, or its connection was lost",
            "2:wrong use",
            "3:the server ended the session; the text says why",
            "4:left with ~.",
            "5:the session goes on in another terminal"
        })
final class AttachCommand implements Callable<Integer> {
    @Mixin
    private ConnectionOptions connection;

    @Parameters(paramLabel = "SESSION", description = "The session's id, as sallyport sessions lists it.")
    private String sessionId;

    private final Surroundings surroundings;

    AttachCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws Exception {
        SessionFiles files = new SessionFiles(surroundings.home());
        Optional<String> holder = files.client(sessionId);
        if (holder.isEmpty()) {
            throw new IOException(
                    ("Session %s was not opened here: only the machine and account that have %s can go on with it."
                                    + " To end it: sallyport terminate-session --session-id %1$s")
                            .formatted(sessionId, files.file(sessionId)));
        }
        ServiceSettings settings = connection.resolve();
        JsonNode resumed;
        try (ServiceClient client = new ServiceClient(settings)) {
            resumed = client.call(
                    "AmazonSSM.ResumeSession",
                    JsonNodeFactory.instance.objectNode().put("SessionId", sessionId));
        }
        if (resumed.path("TokenValue").asText("").isEmpty()) {
            files.forget(sessionId, holder.get());
            throw new IOException(
                    "Session %s is over. Why: sallyport sessions --history --session-id %1$s".formatted(sessionId));
        }
        System.err.println("Going on with session " + PlainText.of(sessionId));
        return new Talk(settings, files).run(resumed, holder);
    }
}
