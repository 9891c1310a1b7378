package org.sallyport.quickstart;

import java.nio.file.Path;

/**
 * Where things are.
 *
 * @param distribution folder with {@code server}, {@code agent} and {@code cli}
 * @param data folder of this run
 */
record Layout(Path distribution, Path data) {

    Path serverProgram() {
        return distribution.resolve("server/bin/sallyport-server");
    }

    Path agentProgram() {
        return distribution.resolve("agent/bin/sallyport-agent");
    }

    Path serverData() {
        return data.resolve("server");
    }

    Path agentData() {
        return data.resolve("agent");
    }

    Path certificateAuthority() {
        return serverData().resolve("tls/ca.pem");
    }

    Path admin() {
        return serverData().resolve("initial-admin.json");
    }

    Path connection() {
        return data.resolve("connection.json");
    }

    Path log(String name) {
        return data.resolve("log").resolve(name + ".log");
    }
}
