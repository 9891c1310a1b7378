package org.sallyport.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.sallyport.channel.api.ServiceClient;
import org.sallyport.channel.api.ServiceSettings;
import org.sallyport.cli.settings.SessionFiles;
import org.sallyport.cli.terminal.PlainText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Opens a shell on a managed node. */
@Command(
        name = "start-session",
        mixinStandardHelpOptions = true,
        description = {
            "Opens a shell on a managed node. Enter ~. leaves a session that does not answer.",
            "sallyport attach goes on with it in another terminal."
        },
        exitCodeListHeading = "Exit status:%n",
        exitCodeList = {
            "0:the program on the node ended, or the session was ended from here",
            "1:the session could not be started, or its connection was lost",
            "2:wrong use",
            "3:the server ended the session; the text says why",
            "4:left with ~.",
            "5:the session goes on in another terminal"
        })
final class StartSessionCommand implements Callable<Integer> {
    @Mixin
    private ConnectionOptions connection;

    @Option(names = "--target", required = true, paramLabel = "ID", description = "The managed node, mi-… or i-….")
    private String target;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the record; at most 256 characters.")
    private String reason;

    @Option(names = "--document-name", paramLabel = "NAME", description = "The session document.")
    private String documentName;

    private final Surroundings surroundings;

    StartSessionCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws Exception {
        ServiceSettings settings = connection.resolve();
        ObjectNode request = JsonNodeFactory.instance.objectNode().put("Target", target);
        if (reason != null) {
            request.put("Reason", reason);
        }
        if (documentName != null) {
            request.put("DocumentName", documentName);
        }
        JsonNode started;
        try (ServiceClient client = new ServiceClient(settings)) {
            started = client.call("AmazonSSM.StartSession", request);
        }
        System.err.println("Starting session with SessionId: "
                + PlainText.of(started.path("SessionId").asText("")));
        return new Talk(settings, new SessionFiles(surroundings.home())).run(started, Optional.empty());
    }
}
