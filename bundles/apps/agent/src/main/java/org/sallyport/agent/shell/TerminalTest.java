package org.sallyport.agent.shell;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.sallyport.protocol.message.TerminalSize;

/** Opens a pseudo-terminal as a session would, with a program that ends at once. */
public final class TerminalTest {
    private TerminalTest() {}

    /** @throws ShellException no terminal can be opened; the text says why */
    public static void run() throws ShellException {
        try (PseudoTerminal terminal =
                PseudoTerminal.open(List.of("/bin/true"), Map.of(), Path.of("/"), new TerminalSize(80, 24))) {
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
}
