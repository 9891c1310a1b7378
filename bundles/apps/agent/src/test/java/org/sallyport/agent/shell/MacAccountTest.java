package org.sallyport.agent.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is said of macOS without one: what is asked and read, and the command. */
class MacAccountTest {
    private final List<String> asked = new ArrayList<>();
    private SystemPrograms.Result answer =
            new SystemPrograms.Result(0, "ssm-user:********:502:20::0:0:Session shells:/Users/ssm-user:/bin/sh");

    private final MacAccount accounts = new MacAccount((program, arguments) -> {
        asked.add(program + " " + String.join(" ", arguments));
        return answer;
    });

    @BeforeEach
    void asRoot() {
        assumeTrue(accounts.changesUser(), "what root does is tried as root");
    }

    @Test
    void rootGivesTheAccountThatTheOperatorMade() throws Exception {
        Account account = accounts.resolve();

        assertThat(asked).containsExactly("id -P ssm-user");
        assertThat(account).isEqualTo(new Account("ssm-user", 502, 20, Path.of("/Users/ssm-user"), Path.of("/bin/sh")));
        assertThat(accounts.command(account)).containsExactly("/usr/bin/su", "-l", "ssm-user");
    }

    @Test
    void anAccountThatIsMissingIsAskedOfTheOperator() {
        answer = new SystemPrograms.Result(1, "id: ssm-user: no such user");

        assertThatThrownBy(accounts::resolve)
                .isInstanceOf(ShellException.class)
                .hasMessageContaining("sysadminctl -addUser ssm-user");
    }

    @Test
    void rootUnderAnotherNameIsRefused() {
        answer = new SystemPrograms.Result(0, "ssm-user:*:0:0::0:0:x:/var/root:/bin/sh");

        assertThatThrownBy(accounts::resolve).hasMessageContaining("root under another name");
    }

    @Test
    void anAccountWithoutLoginShellIsRefused() {
        Account service = new Account("ssm-user", 502, 20, Path.of("/"), Path.of("/usr/bin/false"));

        assertThatThrownBy(() -> accounts.command(service)).hasMessageContaining("no login shell");
    }
}
