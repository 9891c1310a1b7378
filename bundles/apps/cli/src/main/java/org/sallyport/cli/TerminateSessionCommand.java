package org.sallyport.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.sallyport.channel.api.ServiceClient;
import org.sallyport.cli.terminal.PlainText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Ends a session, one's own or, with the right to, another's. */
@Command(
        name = "terminate-session",
        mixinStandardHelpOptions = true,
        description = "Ends a session at once, with the programs in it. One that is over already is no error.")
final class TerminateSessionCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ConnectionOptions connection;

    @Option(names = "--session-id", required = true, paramLabel = "ID", description = "As sallyport sessions lists it.")
    private String sessionId;

    @Override
    public Integer call() throws IOException {
        try (ServiceClient client = new ServiceClient(connection.resolve())) {
            client.call(
                    "AmazonSSM.TerminateSession",
                    JsonNodeFactory.instance.objectNode().put("SessionId", sessionId));
        }
        spec.commandLine().getErr().println("Session " + PlainText.of(sessionId) + " was ended.");
        return 0;
    }
}
