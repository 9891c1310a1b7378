package org.sallyport.quickstart;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One run: server and agent as children of this process, which ends them when it ends. */
final class Run {
    private static final long START_SECONDS = 120;
    private static final long NODE_SECONDS = 60;
    private static final long POLL_MILLIS = 200;

    private final Layout layout;
    private final Endpoints endpoints;
    private final boolean withNode;
    private final Deque<Child> children = new ArrayDeque<>();
    private boolean stopping;

    Run(Layout layout, Endpoints endpoints, boolean withNode) {
        this.layout = layout;
        this.endpoints = endpoints;
        this.withNode = withNode;
    }

    int untilStopped() throws Exception {
        Files.createDirectories(layout.data());
        Child server = start("server", List.of(layout.serverProgram().toString()), serverEnvironment());
        if (!await(START_SECONDS, server, this::serverReady)) {
            return failed(server, "The server did not answer within %d s.".formatted(START_SECONDS));
        }
        try (Administrator admin = Administrator.of(layout, endpoints.api(), endpoints.region())) {
            if (!admin.tier().equals("advanced")) {
                admin.setAdvancedTier();
            }
            String nodeId = "";
            if (withNode) {
                nodeId = enrol(admin);
                Child agent = start("agent", agentRun(), Map.of());
                String id = nodeId;
                if (!await(NODE_SECONDS, agent, () -> admin.connected(id))) {
                    return failed(agent, "The node %s did not connect within %d s.".formatted(nodeId, NODE_SECONDS));
                }
            }
            ConnectionFile.write(layout, endpoints, admin, nodeId);
            new Instructions(layout, endpoints, nodeId).print(System.out);
        }
        return watch();
    }

    /** Ends the children, the newest first. Called by the shutdown hook, also after a failure. */
    void stop() {
        Deque<Child> last;
        synchronized (this) {
            stopping = true;
            last = new ArrayDeque<>(children);
        }
        last.forEach(Child::stop);
    }

    private int watch() throws InterruptedException {
        while (true) {
            for (Child child : List.copyOf(children)) {
                if (!child.alive()) {
                    return failed(child, "One of the programs ended by itself.");
                }
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    private String enrol(Administrator admin) throws Exception {
        Path identity = layout.agentData().resolve("identity.json");
        if (!Files.exists(identity)) {
            Map.Entry<String, String> activation = admin.activate("This machine, made by distro/run", 1);
            List<String> command = agent(
                    "register",
                    "--url",
                    endpoints.api().toString(),
                    "--channel-url",
                    endpoints.channel().toString(),
                    "--ca-fingerprint",
                    Fingerprints.sha256(layout.certificateAuthority()),
                    "--region",
                    endpoints.region(),
                    "--id",
                    activation.getKey());
            Child registration = Child.start(
                    "sallyport-agent register", command, Map.of(), activation.getValue() + "\n", layout.log("agent"));
            if (!registration.succeeded(NODE_SECONDS)) {
                registration.stop();
                throw new IOException(registration.lastWords());
            }
        }
        return new ObjectMapper()
                .readTree(Files.readAllBytes(identity))
                .required("nodeId")
                .asText();
    }

    private List<String> agent(String... arguments) {
        List<String> command = new java.util.ArrayList<>();
        command.add(layout.agentProgram().toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("--data", layout.agentData().toString()));
        return command;
    }

    /** With the addresses of this start: the ports may be others than at the registration. */
    private List<String> agentRun() {
        return agent(
                "run",
                "--url",
                endpoints.api().toString(),
                "--channel-url",
                endpoints.channel().toString());
    }

    private Map<String, String> serverEnvironment() {
        String options = "-Dsallyport.region=%s -Dsallyport.api.port=%d -Dsallyport.channel.port=%d"
                .formatted(endpoints.region(), endpoints.apiPort(), endpoints.channelPort());
        return Map.of("SALLYPORT_DATA", layout.serverData().toString(), "SALLYPORT_JAVA_OPTS", options);
    }

    private boolean serverReady() throws IOException {
        if (!Files.exists(layout.admin()) || !Files.exists(layout.certificateAuthority())) {
            return false;
        }
        try (Administrator admin = Administrator.of(layout, endpoints.api(), endpoints.region())) {
            return admin.serverAnswers();
        }
    }

    private Child start(String name, List<String> command, Map<String, String> environment) throws IOException {
        synchronized (this) {
            if (stopping) {
                throw new IOException("Stopped before the %s started.".formatted(name));
            }
            Child child = Child.start(name, command, environment, "", layout.log(name));
            children.addFirst(child);
            return child;
        }
    }

    private static boolean await(long seconds, Child child, Condition condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (System.nanoTime() < end && child.alive()) {
            if (condition.holds()) {
                return true;
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
        return false;
    }

    private int failed(Child child, String what) {
        synchronized (this) {
            if (stopping) {
                return 0;
            }
        }
        System.err.println(what);
        System.err.println(child.lastWords());
        return 1;
    }

    private interface Condition {
        boolean holds() throws Exception;
    }
}
