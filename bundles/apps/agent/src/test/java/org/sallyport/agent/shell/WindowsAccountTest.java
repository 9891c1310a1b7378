package org.sallyport.agent.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is said of Windows without one: names and command lines. */
class WindowsAccountTest {
    private static final String OWN = "S-1-5-80-1-2-3-4-5";
    private static final Path POWERSHELL = Path.of("C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe");
    private static final Map<String, String> AGENT = Map.of(
            "SYSTEMROOT", "C:\\Windows",
            "USERPROFILE", "C:\\Users\\agent",
            "PATH", "C:\\Windows\\System32",
            "HTTPS_PROXY", "http://me:secret@proxy:3128",
            "SALLYPORT_ACTIVATION_CODE", "secret");

    @Test
    void aShellBelongsToTheServicesAccountAndIsPowerShell() throws Exception {
        WindowsAccount accounts = new WindowsAccount(OWN, "sallyport-agent", AGENT, path -> true);

        Account account = accounts.resolve();

        assertThat(account).isEqualTo(new Account("sallyport-agent", -1, -1, Path.of("C:\\Users\\agent"), POWERSHELL));
        assertThat(accounts.command(account)).containsExactly(POWERSHELL.toString(), "-NoLogo");
        assertThat(accounts.changesUser()).isFalse();
    }

    @Test
    void withoutPowerShellItIsTheCommandInterpreter() throws Exception {
        WindowsAccount accounts = new WindowsAccount(
                OWN, "sallyport-agent", AGENT, path -> path.toString().endsWith("cmd.exe"));

        assertThat(accounts.command(accounts.resolve())).isEqualTo(List.of("C:\\Windows\\System32\\cmd.exe"));
    }

    @Test
    void theSystemsOwnAccountGivesNobodyAShell() {
        for (String sid : List.of("S-1-5-18", "")) {
            WindowsAccount accounts = new WindowsAccount(sid, "SYSTEM", AGENT, path -> true);

            assertThatThrownBy(accounts::resolve)
                    .isInstanceOf(ShellException.class)
                    .hasMessageContaining("gives nobody a shell");
        }
    }

    @Test
    void aMachineWithoutAnyShellSaysSo() {
        WindowsAccount accounts = new WindowsAccount(OWN, "sallyport-agent", AGENT, path -> false);

        assertThatThrownBy(accounts::resolve).isInstanceOf(ShellException.class).hasMessageContaining("neither");
    }

    @Test
    void onlyListedVariablesPassInAnyCase() throws Exception {
        WindowsAccount accounts = new WindowsAccount(OWN, "sallyport-agent", AGENT, path -> true);

        Map<String, String> environment = accounts.environment(accounts.resolve(), AGENT);

        assertThat(environment)
                .containsOnlyKeys("Path", "SystemRoot", "TERM", "USERPROFILE")
                .containsEntry("Path", "C:\\Windows\\System32");
    }
}
