package org.sallyport.cli;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
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
        description = "Shells on managed nodes, without open ports.")
public final class Main {

    private static final String COMPLETION = "generate-completion";

    /** The commands by name, in the order of the help. */
    private static final Map<String, Class<?>> COMMANDS = commands();

    /** Runs one command and ends the process with its status. */
    public static void main(String[] args) {
        System.exit(commandLine(Surroundings.ofProcess(), args).execute(args));
    }

    /**
     * What is needed to run these arguments. Reading the annotations of a command takes longer than most else of a start, so where the
     * first argument names one, the others are left out; nobody can tell.
     */
    static CommandLine commandLine(Surroundings surroundings, String[] args) {
        String first = args.length == 0 ? "" : args[0];
        if (first.equals("--version") || first.equals("-V")) {
            return commandLine(surroundings, Map.of());
        }
        Class<?> one = first.equals(COMPLETION) ? null : COMMANDS.get(first);
        return one == null ? commandLine(surroundings) : commandLine(surroundings, Map.of(first, one));
    }

    /** With all commands. */
    static CommandLine commandLine(Surroundings surroundings) {
        return commandLine(surroundings, COMMANDS);
    }

    private static CommandLine commandLine(Surroundings surroundings, Map<String, Class<?>> commands) {
        CommandLine line = new CommandLine(new Main(), surroundings);
        commands.forEach(line::addSubcommand);
        // last, since it is for the subcommands that are there
        return line.setExecutionExceptionHandler((failure, command, parsed) -> {
            if (!Failures.expected(failure)) {
                throw failure;
            }
            command.getErr().println("sallyport: " + PlainText.lines(Failures.text(failure, Instant.now())));
            return 1;
        });
    }

    private static Map<String, Class<?>> commands() {
        Map<String, Class<?>> all = new LinkedHashMap<>();
        all.put("login", LoginCommand.class);
        all.put("logout", LogoutCommand.class);
        all.put("credentials", CredentialsCommand.class);
        all.put("configure", ConfigureCommand.class);
        all.put("nodes", NodesCommand.class);
        all.put("start-session", StartSessionCommand.class);
        all.put("attach", AttachCommand.class);
        all.put("sessions", SessionsCommand.class);
        all.put("terminate-session", TerminateSessionCommand.class);
        all.put("activations", ActivationsCommand.class);
        all.put("audit", AuditCommand.class);
        all.put("policy", PolicyCommand.class);
        all.put("usage", UsageCommand.class);
        all.put(COMPLETION, AutoComplete.GenerateCompletion.class);
        return all;
    }
}
