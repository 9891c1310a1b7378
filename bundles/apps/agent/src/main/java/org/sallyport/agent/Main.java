package org.sallyport.agent;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The node's agent. Exit status: 0 done, 1 failed, 2 wrong use. */
@Command(
        name = "sallyport-agent",
        description = "Makes this machine a node that people reach through a Sallyport server.",
        mixinStandardHelpOptions = true,
        versionProvider = AgentVersion.class,
        subcommands = {RegisterCommand.class, RunCommand.class, CheckCommand.class, InheritsCommand.class})
public final class Main implements Runnable {
    @Spec
    private CommandSpec spec;

    public static void main(String[] arguments) {
        System.exit(run(new PrintWriter(System.out, true), new PrintWriter(System.err, true), arguments));
    }

    static int run(PrintWriter out, PrintWriter err, String... arguments) {
        return new CommandLine(new Main())
                .setOut(out)
                .setErr(err)
                .setExecutionExceptionHandler((failure, command, result) -> {
                    String text = failure.getMessage() == null ? failure.toString() : failure.getMessage();
                    command.getErr().println("sallyport-agent: " + text);
                    return 1;
                })
                .execute(arguments);
    }

    /** Without a subcommand. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "One of register, run, check is needed");
    }
}
