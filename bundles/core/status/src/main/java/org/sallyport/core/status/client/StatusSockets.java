package org.sallyport.core.status.client;

import java.nio.file.Path;

/** Where a server's status socket is. */
public final class StatusSockets {
    /** Most bytes of a path that the operating system takes for a socket. */
    public static final int MAX_PATH = 107;

    private StatusSockets() {}

    /** @param data the server's data folder */
    public static Path in(Path data) {
        return data.toAbsolutePath().normalize().resolve("run").resolve("status.sock");
    }
}
