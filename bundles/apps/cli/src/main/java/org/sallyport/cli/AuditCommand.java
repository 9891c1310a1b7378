package org.sallyport.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The audit trail: reading it from the server, and verifying its files without. */
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        description = "Finds records of the audit trail, and verifies its files.",
        subcommands = {AuditVerifyCommand.class, AuditFindCommand.class, AuditTailCommand.class})
final class AuditCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    /** Without a subcommand. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "One of verify, find, tail is needed");
    }
}
