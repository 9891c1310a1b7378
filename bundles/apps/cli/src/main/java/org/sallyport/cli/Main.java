package org.sallyport.cli;

import java.time.Instant;
import org.sallyport.cli.terminal.PlainText;
import picocli.AutoComplete;
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
        subcommands = {
            LoginCommand.class,
            LogoutCommand.class,
            CredentialsCommand.class,
            ConfigureCommand.class,
            NodesCommand.class,
            StartSessionCommand.class,
            AttachCommand.class,
            SessionsCommand.class,
            TerminateSessionCommand.class,
            ActivationsCommand.class,
            UsageCommand.class,
            AutoComplete.GenerateCompletion.class
        })
public final class Main {

    /** Runs one command and ends the process with its status. */
    public static void main(String[] args) {
        System.exit(commandLine(Surroundings.ofProcess()).execute(args));
    }

    static CommandLine commandLine(Surroundings surroundings) {
        return new CommandLine(new Main(), surroundings).setExecutionExceptionHandler((failure, command, parsed) -> {
            if (!Failures.expected(failure)) {
                throw failure;
            }
            command.getErr().println("sallyport: " + PlainText.lines(Failures.text(failure, Instant.now())));
            return 1;
        });
    }
}
