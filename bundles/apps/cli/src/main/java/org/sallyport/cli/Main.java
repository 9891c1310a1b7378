package org.sallyport.cli;

import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The command line of Sallyport. Data goes to standard output, talk to standard error. Exit status: 0 done, 1 failed, 2 wrong use; a
 * session's own are in {@link StartSessionCommand}.
 */
@Command(
        name = "sallyport",
        mixinStandardHelpOptions = true,
        version = "sallyport 0.1.0",
        description = "Shells on managed nodes, without open ports.",
        subcommands = {ConfigureCommand.class, NodesCommand.class, StartSessionCommand.class})
public final class Main {

    /** Runs one command and ends the process with its status. */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main()).setExecutionExceptionHandler((failure, command, parsed) -> {
            if (failure instanceof IOException || failure instanceof IllegalArgumentException) {
                command.getErr().println("sallyport: " + failure.getMessage());
                return 1;
            }
            throw failure;
        });
    }
}
