package org.sallyport.agent.shell;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sallyport.agent.machine.OperatingSystem;
import org.sallyport.protocol.message.TerminalSize;

/** Opens a pseudo-terminal as a session would, with a program that ends at once. */
public final class TerminalTest {
    private static final TerminalSize SIZE = new TerminalSize(80, 24);

    private TerminalTest() {}

    /** @throws ShellException no terminal can be opened; the text says why */
    public static void run() throws ShellException {
        try (PseudoTerminal terminal = PseudoTerminal.open(
                command(), environment(), Path.of("").toAbsolutePath().getRoot(), SIZE)) {
            if (OperatingSystem.current() == OperatingSystem.WINDOWS) {
                readToTheEnd(terminal);
            }
            int status = terminal.waitFor();
            if (status != 0) {
                throw new ShellException("A program on a pseudo-terminal ended with status " + status);
            }
        } catch (IOException | IllegalStateException | LinkageError e) {
            throw new ShellException("No pseudo-terminal can be opened on this node: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ShellException("The agent is stopping", e);
        }
    }

    /** A console that nobody reads may let its program wait. */
    private static void readToTheEnd(PseudoTerminal terminal) throws IOException {
        byte[] unread = new byte[256];
        int count = terminal.read(unread);
        while (count >= 0) {
            count = terminal.read(unread);
        }
    }

    private static List<String> command() {
        return switch (OperatingSystem.current()) {
            case LINUX -> List.of("/bin/true");
            case MACOS -> List.of("/usr/bin/true");
            case WINDOWS -> List.of(systemRoot() + "\\System32\\cmd.exe", "/c", "exit");
        };
    }

    /** Programs of Windows do not start without it. */
    private static Map<String, String> environment() {
        return OperatingSystem.current() == OperatingSystem.WINDOWS ? Map.of("SystemRoot", systemRoot()) : Map.of();
    }

    private static String systemRoot() {
        return Optional.ofNullable(System.getenv("SystemRoot")).orElse("C:\\Windows");
    }
}
