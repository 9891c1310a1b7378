package org.sallyport.agent;

import java.nio.file.Path;
import java.util.Optional;
import org.sallyport.agent.identity.IdentityStore;
import org.sallyport.agent.machine.OperatingSystem;
import picocli.CommandLine.Option;

/** Where the agent keeps what it must not lose. */
final class DataFolder {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "The agent's folder; default /var/lib/sallyport-agent for root, else ~/.local/state/sallyport-agent;"
                            + " on Windows sallyport-agent in ProgramData.")
    private Path folder;

    Path path() {
        if (folder != null) {
            return folder.toAbsolutePath().normalize();
        }
        if (OperatingSystem.current() == OperatingSystem.WINDOWS) {
            return Path.of(
                    Optional.ofNullable(System.getenv("ProgramData")).orElse("C:\\ProgramData"), "sallyport-agent");
        }
        return "root".equals(System.getProperty("user.name"))
                ? Path.of("/var/lib/sallyport-agent")
                : Path.of(System.getProperty("user.home"), ".local", "state", "sallyport-agent");
    }

    IdentityStore identities() {
        return new IdentityStore(path());
    }

    Path natives() {
        return path().resolve("native");
    }
}
