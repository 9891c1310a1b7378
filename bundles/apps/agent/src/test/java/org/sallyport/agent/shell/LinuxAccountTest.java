package org.sallyport.agent.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LinuxAccountTest {
    @Test
    void anAgentThatIsNotRootGivesItsOwnAccountAndChangesNothing() throws Exception {
        ShellAccount accounts = new LinuxAccount(4_000_001, "ssm-user");

        Account account = accounts.resolve();

        assertThat(account.uid()).isEqualTo(4_000_001);
        assertThat(accounts.changesUser()).isFalse();
        assertThat(accounts.command(account)).containsExactly("/bin/sh", "-l");
    }

    @Test
    void rootNeverGivesAShellToRoot() {
        ShellAccount accounts = new LinuxAccount(0, "root");

        assertThatThrownBy(accounts::resolve)
                .isInstanceOf(ShellException.class)
                .hasMessageContaining("root under another name");
    }

    @Test
    void theUserIsChangedByNumbersAndArguments() throws Exception {
        ShellAccount accounts = new LinuxAccount(0, "ssm-user");
        assumeTrue(new SystemPrograms().find("setpriv").isPresent(), "setpriv is not installed here");

        List<String> command =
                accounts.command(new Account("x; rm -rf /", 1234, 1235, Path.of("/"), Path.of("/bin/sh")));

        assertThat(command.subList(1, command.size()))
                .containsExactly(
                        "--reuid=1234", "--regid=1235", "--init-groups", "--inh-caps=-all", "--", "/bin/sh", "-l");
    }

    @Test
    void anAccountWithoutLoginShellIsRefused() {
        ShellAccount accounts = new LinuxAccount(0, "ssm-user");

        assertThatThrownBy(
                        () -> accounts.command(new Account("svc", 99, 99, Path.of("/"), Path.of("/usr/sbin/nologin"))))
                .isInstanceOf(ShellException.class)
                .hasMessageContaining("no login shell");
    }

    @Test
    void rootMakesTheUserLockedAndWithAHome() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root can make accounts");
        SystemPrograms programs = new SystemPrograms();
        String name = "sally-test-" + ProcessHandle.current().pid();
        ShellAccount accounts = new LinuxAccount(0, name);
        try {
            Account made = accounts.resolve();
            Account again = accounts.resolve();

            assertThat(again).isEqualTo(made);
            assertThat(made.uid()).isPositive();
            assertThat(made.home()).isDirectory();
            assertThat(programs.run("getent", List.of("shadow", name)).output()).startsWith(name + ":!");
        } finally {
            programs.run("userdel", List.of("--remove", name));
        }
    }

    @Test
    void aLineThatIsNoAccountIsNotRead() {
        assertThat(Account.parse("ssm-user:x:abc:1:::/bin/sh")).isEqualTo(Optional.empty());
        assertThat(Account.parse("too:few:fields")).isEqualTo(Optional.empty());
        assertThat(Account.parse("a:x:5:6::/home/a:/bin/sh"))
                .contains(new Account("a", 5, 6, Path.of("/home/a"), Path.of("/bin/sh")));
    }
}
