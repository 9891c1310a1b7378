package org.sallyport.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Policy documents in files, without a server. */
@Command(
        name = "policy",
        mixinStandardHelpOptions = true,
        description = "Looks at policy documents, without a server.",
        subcommands = {PolicyLintCommand.class})
final class PolicyCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    /** Without a subcommand. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "lint is needed");
    }
}
