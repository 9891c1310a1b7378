package org.sallyport.cli;

import java.io.IOException;
import org.sallyport.channel.api.ServiceException;
import org.sallyport.cli.terminal.PlainText;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The command line of Sallyport. Data goes to standard output, talk to standard error. Exit status: 0 done, 1 failed, 2 wrong use; a
 * session's own are in {@link StartSessionCommand}.
 */
@Command(
        name = "sallyport",
        mixinStandardHelpOptions = true,
        versionProvider = CliVersion.class,
        description = "Shells on managed nodes, without open ports.",
        subcommands = {ConfigureCommand.class, NodesCommand.class, StartSessionCommand.class})
public final class Main {

    /** Runs one command and ends the process with its status. */
    public static void main(String[] args) {
        System.exit(commandLine(Surroundings.ofProcess()).execute(args));
    }

    static CommandLine commandLine(Surroundings surroundings) {
        return new CommandLine(new Main(), surroundings).setExecutionExceptionHandler((failure, command, parsed) -> {
            boolean expected = failure instanceof IOException
                    || failure instanceof ServiceException
                    || failure instanceof IllegalArgumentException;
            if (!expected) {
                throw failure;
            }
            // A service's error with its name: that is what people look up.
            String text = failure instanceof ServiceException ? failure.toString() : failure.getMessage();
            command.getErr().println("sallyport: " + PlainText.lines(String.valueOf(text)));
            return 1;
        });
    }
}
