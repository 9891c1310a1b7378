package org.sallyport.agent.shell;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whose the shells are on macOS: {@code ssm-user} when the agent is root, whom the operator makes, since an account there has a place in a directory
 * service and a choice of disk that are not the agent's to make; else the agent's own account. Never root.
 */
final class MacAccount implements ShellAccount {
    private static final String USER = "ssm-user";

    /** Runs a program of the system; {@link SystemPrograms#run} but for tests. */
    @FunctionalInterface
    interface Runner {
        SystemPrograms.Result run(String program, List<String> arguments) throws ShellException;
    }

    private final Runner programs;

    MacAccount() {
        this(new SystemPrograms()::run);
    }

    MacAccount(Runner programs) {
        this.programs = programs;
    }

    @Override
    public Account resolve() throws ShellException {
        boolean root = changesUser();
        SystemPrograms.Result found = programs.run("id", root ? List.of("-P", USER) : List.of("-P"));
        Account account = Optional.of(found)
                .filter(result -> result.status() == 0)
                .flatMap(result -> Account.parseMaster(result.output()))
                .filter(one -> !root || one.name().equals(USER))
                .orElseThrow(() -> new ShellException(
                        root
                                ? "This node has no account " + USER + "; make it: sysadminctl -addUser " + USER
                                        + " -home /Users/" + USER + " -shell /bin/zsh, then createhomedir -c -u " + USER
                                : "The agent's own account cannot be looked up on this node (id: %d)"
                                        .formatted(found.status())));
        if (root && account.uid() == 0) {
            throw new ShellException(
                    "The account %s of this node is root under another name; give it an id of its own".formatted(USER));
        }
        return account;
    }

    @Override
    public List<String> command(Account account) throws ShellException {
        Path shell = account.shell();
        if (!shell.isAbsolute() || !Files.isExecutable(shell) || shell.endsWith("false") || shell.endsWith("nologin")) {
            throw new ShellException(
                    "The account %s has no login shell (%s); give it one with dscl".formatted(account.name(), shell));
        }
        return changesUser() ? List.of("/usr/bin/su", "-l", account.name()) : List.of(shell.toString(), "-l");
    }

    @Override
    public Map<String, String> environment(Account account, Map<String, String> agent) {
        return ShellEnvironment.of(account, agent);
    }

    @Override
    public boolean changesUser() {
        return "root".equals(System.getProperty("user.name"));
    }
}
