package org.sallyport.agent.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whose the shells are (node-agent specification, section 1.5): {@code ssm-user} when the agent is root, who is made on first use;
 * else the agent's own account. Never root. Blocks while system programs run; any thread.
 */
final class LinuxAccount implements ShellAccount {
    private static final Logger LOG = LoggerFactory.getLogger(LinuxAccount.class);
    private static final String USER = "ssm-user";
    private static final int NOT_FOUND = 2;

    private final SystemPrograms programs = new SystemPrograms();
    private final int agentUid;
    private final String user;

    LinuxAccount() {
        this(ownUid(), USER);
    }

    LinuxAccount(int agentUid, String user) {
        this.agentUid = agentUid;
        this.user = user;
    }

    @Override
    public Account resolve() throws ShellException {
        if (agentUid != 0) {
            return own();
        }
        Optional<Account> known = lookUp(user);
        Account account = known.isPresent() ? known.get() : create();
        if (account.uid() == 0) {
            throw new ShellException(
                    "The account %s of this node is root under another name; give it an id of its own".formatted(user));
        }
        return account;
    }

    @Override
    public List<String> command(Account account) throws ShellException {
        String shell = shell(account).toString();
        if (agentUid != 0) {
            return List.of(shell, "-l");
        }
        Path setpriv = programs.find("setpriv")
                .orElseThrow(
                        () -> new ShellException(
                                "The program setpriv is missing on this node; install util-linux, it changes to the shell's account"));
        return List.of(
                setpriv.toString(),
                "--reuid=" + Integer.toUnsignedString(account.uid()),
                "--regid=" + Integer.toUnsignedString(account.gid()),
                "--init-groups",
                "--inh-caps=-all",
                "--",
                shell,
                "-l");
    }

    @Override
    public Map<String, String> environment(Account account, Map<String, String> agent) {
        return ShellEnvironment.of(account, agent);
    }

    @Override
    public boolean changesUser() {
        return agentUid == 0;
    }

    private Optional<Account> lookUp(String name) throws ShellException {
        SystemPrograms.Result found = programs.run("getent", List.of("passwd", name));
        if (found.status() == NOT_FOUND) {
            return Optional.empty();
        }
        return Optional.of(Optional.of(found)
                .filter(result -> result.status() == 0)
                .flatMap(result -> Account.parse(result.output()))
                .filter(account -> account.name().equals(name))
                .orElseThrow(() -> new ShellException("The account %s cannot be looked up on this node (getent: %d)"
                        .formatted(name, found.status()))));
    }

    private Account create() throws ShellException {
        String shell = Files.isExecutable(Path.of("/bin/bash")) ? "/bin/bash" : "/bin/sh";
        SystemPrograms.Result made = programs.run(
                "useradd",
                List.of(
                        "--system",
                        "--user-group",
                        "--create-home",
                        "--home-dir",
                        "/home/" + user,
                        "--shell",
                        shell,
                        "--comment",
                        "Session shells",
                        "--password",
                        "!",
                        "--",
                        user));
        Optional<Account> account = lookUp(user);
        if (account.isEmpty()) {
            throw new ShellException("The account %s cannot be made on this node (useradd: %d %s)"
                    .formatted(
                            user,
                            made.status(),
                            made.output().lines().findFirst().orElse("")));
        }
        LOG.info(
                "Made the account {} for shells: locked password, home {}",
                user,
                account.get().home());
        return account.get();
    }

    private Account own() throws ShellException {
        SystemPrograms.Result found = programs.run("getent", List.of("passwd", Integer.toUnsignedString(agentUid)));
        // A container may run under a number that no account has.
        return Account.parse(found.output())
                .filter(account -> found.status() == 0)
                .orElseGet(() -> new Account(
                        System.getProperty("user.name", "user"), agentUid, agentUid, Path.of("/"), Path.of("/bin/sh")));
    }

    private static Path shell(Account account) throws ShellException {
        String name = String.valueOf(account.shell().getFileName());
        if (name.equals("nologin") || name.equals("false")) {
            throw new ShellException("The account %s has no login shell (%s); give it one with usermod --shell"
                    .formatted(account.name(), account.shell()));
        }
        if (!account.shell().isAbsolute() || !Files.isExecutable(account.shell())) {
            throw new ShellException(
                    "The login shell %s of %s cannot be run; install it or change it with usermod --shell"
                            .formatted(account.shell(), account.name()));
        }
        return account.shell();
    }

    private static int ownUid() {
        try {
            return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        } catch (IOException e) {
            throw new IllegalStateException("The agent needs Linux with /proc", e);
        }
    }
}
