package org.sallyport.agent.shell;

import java.util.List;
import java.util.Map;
import org.sallyport.agent.machine.OperatingSystem;

/** Whose the shells of this machine are, and how one is started. Any thread. */
public interface ShellAccount {

    /** As this operating system has it. */
    static ShellAccount ofThisMachine() {
        return switch (OperatingSystem.current()) {
            case LINUX -> new LinuxAccount();
            case MACOS -> new MacAccount();
            case WINDOWS -> new WindowsAccount();
        };
    }

    /**
     * Blocks while system programs run.
     *
     * @throws ShellException there is no account that a shell may belong to
     */
    Account resolve() throws ShellException;

    /** The command that runs the account's login shell, as that account. */
    List<String> command(Account account) throws ShellException;

    /** What the shell sees: a fixed list of names. */
    Map<String, String> environment(Account account, Map<String, String> agent);

    /** Whether the shell runs as somebody else than the agent. */
    boolean changesUser();
}
