package org.sallyport.agent;

import java.nio.file.Path;
import org.sallyport.agent.identity.IdentityStore;
import picocli.CommandLine.Option;

/** Where the agent keeps what it must not lose. */
final class DataFolder {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The agent's folder; default /var/lib/sallyport-agent for root,"
                    + " else ~/.local/state/sallyport-agent.")
    private Path folder;

    Path path() {
        if (folder != null) {
            return folder.toAbsolutePath().normalize();
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
