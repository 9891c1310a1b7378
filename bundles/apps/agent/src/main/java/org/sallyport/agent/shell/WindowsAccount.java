package org.sallyport.agent.shell;

import com.sun.jna.platform.win32.Advapi32;
import com.sun.jna.platform.win32.Advapi32Util;
import com.sun.jna.platform.win32.Kernel32;
import com.sun.jna.platform.win32.WinNT;
import com.sun.jna.platform.win32.WinNT.HANDLEByReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Shells on Windows belong to the account that the agent runs as, which the operator chooses when the service is made: an account of the service
 * alone, without a password, unless another one is named. Never to the system's own account, which is above every administrator.
 */
final class WindowsAccount implements ShellAccount {
    private static final String SYSTEM = "S-1-5-18";
    private static final int NO_ID = -1;

    /** Of the agent's own environment only these pass; none is the operator's secret, as a proxy with its password is. */
    private static final List<String> PASSED = List.of(
            "ALLUSERSPROFILE",
            "APPDATA",
            "CommonProgramFiles",
            "CommonProgramFiles(x86)",
            "CommonProgramW6432",
            "COMPUTERNAME",
            "ComSpec",
            "DriverData",
            "HOMEDRIVE",
            "HOMEPATH",
            "LOCALAPPDATA",
            "NUMBER_OF_PROCESSORS",
            "OS",
            "Path",
            "PATHEXT",
            "PROCESSOR_ARCHITECTURE",
            "PROCESSOR_IDENTIFIER",
            "ProgramData",
            "ProgramFiles",
            "ProgramFiles(x86)",
            "ProgramW6432",
            "PSModulePath",
            "PUBLIC",
            "SystemDrive",
            "SystemRoot",
            "TEMP",
            "TMP",
            "USERDOMAIN",
            "USERNAME",
            "USERPROFILE",
            "windir");

    private final String sid;
    private final String name;
    private final Map<String, String> agent;
    private final Predicate<Path> exists;

    WindowsAccount() {
        this(ownSid(), System.getProperty("user.name", "user"), System.getenv(), Files::isRegularFile);
    }

    /** @param sid of the agent's account, empty when it cannot be told */
    WindowsAccount(String sid, String name, Map<String, String> agent, Predicate<Path> exists) {
        this.sid = sid;
        this.name = name;
        this.agent = ignoringCase(agent);
        this.exists = exists;
    }

    @Override
    public Account resolve() throws ShellException {
        if (sid.isEmpty() || sid.equals(SYSTEM)) {
            throw new ShellException(
                    "The agent of this node runs as the system's own account, which gives nobody a shell; let its service run as"
                            + " another one (install.ps1 does, with or without -Account)");
        }
        String root = agent.getOrDefault("SystemRoot", "C:\\Windows");
        String home = agent.getOrDefault("USERPROFILE", root);
        return new Account(name, NO_ID, NO_ID, Path.of(home), shell(root));
    }

    @Override
    public List<String> command(Account account) {
        String shell = account.shell().toString();
        return shell.endsWith("powershell.exe") ? List.of(shell, "-NoLogo") : List.of(shell);
    }

    @Override
    public Map<String, String> environment(Account account, Map<String, String> given) {
        Map<String, String> from = ignoringCase(given);
        Map<String, String> environment = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        PASSED.forEach(variable ->
                Optional.ofNullable(from.get(variable)).ifPresent(value -> environment.put(variable, value)));
        environment.put("TERM", "xterm-256color");
        return environment;
    }

    @Override
    public boolean changesUser() {
        return false;
    }

    private Path shell(String root) throws ShellException {
        String system = root + "\\System32\\";
        for (String one : List.of(system + "WindowsPowerShell\\v1.0\\powershell.exe", system + "cmd.exe")) {
            if (exists.test(Path.of(one))) {
                return Path.of(one);
            }
        }
        throw new ShellException("This node has neither PowerShell nor cmd.exe in " + system);
    }

    private static Map<String, String> ignoringCase(Map<String, String> environment) {
        Map<String, String> same = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        same.putAll(environment);
        return same;
    }

    private static String ownSid() {
        HANDLEByReference token = new HANDLEByReference();
        if (!Advapi32.INSTANCE.OpenProcessToken(Kernel32.INSTANCE.GetCurrentProcess(), WinNT.TOKEN_QUERY, token)) {
            return "";
        }
        try {
            return Advapi32Util.getTokenAccount(token.getValue()).sidString;
        } finally {
            Kernel32.INSTANCE.CloseHandle(token.getValue());
        }
    }
}
