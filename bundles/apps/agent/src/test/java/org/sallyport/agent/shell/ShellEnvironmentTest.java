package org.sallyport.agent.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ShellEnvironmentTest {
    private final Account account = new Account("bob", 1000, 1000, Path.of("/home/bob"), Path.of("/bin/zsh"));

    @Test
    void nothingOfTheAgentPassesButLocaleAndZone() {
        Map<String, String> agent = Map.of(
                "SALLYPORT_ACTIVATION_CODE", "secret", "LD_PRELOAD", "/x", "TZ", "Europe/Rome", "LANG", "it_IT.UTF-8");

        Map<String, String> environment = ShellEnvironment.of(account, agent);

        assertThat(environment)
                .containsOnlyKeys("PATH", "HOME", "USER", "LOGNAME", "SHELL", "TERM", "LANG", "TZ")
                .containsEntry("HOME", "/home/bob")
                .containsEntry("USER", "bob")
                .containsEntry("SHELL", "/bin/zsh")
                .containsEntry("TERM", "xterm-256color")
                .containsEntry("LANG", "it_IT.UTF-8")
                .containsEntry("TZ", "Europe/Rome");
    }

    @Test
    void whatLooksLikeNoLocaleIsNotPassed() {
        Map<String, String> environment =
                ShellEnvironment.of(account, Map.of("LANG", "() { :; }; echo", "TZ", "$(id)"));

        assertThat(environment).containsEntry("LANG", "C.UTF-8").doesNotContainKey("TZ");
    }
}
