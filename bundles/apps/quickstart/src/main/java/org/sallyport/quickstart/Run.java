package org.sallyport.quickstart;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** One run: server and agent as children of this process, which ends them when it ends. */
final class Run {
    private static final long START_SECONDS = 300;
    private static final long NODE_SECONDS = 180;
    private static final long POLL_MILLIS = 200;

    private final Layout layout;
    private final Endpoints endpoints;
    private final boolean withNode;
    private final Deque<Child> children = new ArrayDeque<>();
    private Optional<Administrator> administrator = Optional.empty();
    private boolean stopping;

    Run(Layout layout, Endpoints endpoints, boolean withNode) {
        this.layout = layout;
        this.endpoints = endpoints;
        this.withNode = withNode;
    }

    int untilStopped() throws Exception {
        makeFolder();
        // It says that the server runs: scripts wait for it.
        Files.deleteIfExists(layout.connection());
        say("Starting the server; its log is in " + layout.serverData().resolve("log"));
        Child server = start("server", List.of(layout.serverProgram().toString()), serverEnvironment(), "");
        try {
            if (!await(START_SECONDS, server, this::serverReady)) {
                return failed(server, "The server did not answer within %d s.".formatted(START_SECONDS));
            }
            Administrator admin = administrator.orElseThrow();
            if (!admin.tier().equals("advanced")) {
                admin.setAdvancedTier();
            }
            if (withNode) {
                say("The server runs. Starting a node on this machine");
            }
            String nodeId = withNode ? enrol(admin) : "";
            if (withNode) {
                Child agent = start("agent", agentRun(), Map.of(), "");
                if (!await(NODE_SECONDS, agent, () -> admin.connected(nodeId))) {
                    return failed(agent, "The node %s did not connect within %d s.".formatted(nodeId, NODE_SECONDS));
                }
            }
            ConnectionFile.write(layout, endpoints, admin.accountId(), admin.account(), nodeId);
            new Instructions(
                            layout,
                            endpoints,
                            admin.account().required("adminUser").asText(),
                            nodeId)
                    .print(System.out);
        } finally {
            administrator.ifPresent(Administrator::close);
        }
        return watch();
    }

    /** Apart from what is told at the end, so that nothing of a start looks as if it hung. */
    private static void say(String what) {
        System.err.println(what + " ...");
    }

    /** Everything below it is this account's own; a folder that exists keeps its mode. */
    private void makeFolder() throws IOException {
        if (!Files.isDirectory(layout.data())) {
            Files.createDirectories(
                    layout.data(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
    }

    /** Ends the children, the newest first. Called by the shutdown hook, also after a failure. */
    void stop() {
        synchronized (this) {
            stopping = true;
        }
        running().forEach(Child::stop);
    }

    private int watch() throws InterruptedException {
        while (true) {
            Optional<Child> ended =
                    running().stream().filter(child -> !child.alive()).findFirst();
            if (ended.isPresent()) {
                return failed(ended.get(), "One of the programs ended by itself.");
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
            Child registration = start("agent", command, Map.of(), activation.getValue() + "\n");
            if (!registration.succeeded(NODE_SECONDS)) {
                registration.stop();
                throw new IOException(registration.lastWords());
            }
            forget(registration);
        }
        return new ObjectMapper()
                .readTree(Files.readAllBytes(identity))
                .required("nodeId")
                .asText();
    }

    private List<String> agent(String... arguments) {
        List<String> command = new ArrayList<>();
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
        String options =
                "-Dsallyport.region=%s -Dsallyport.names=%s -Dsallyport.api.port=%d -Dsallyport.channel.port=%d"
                        .formatted(endpoints.region(), endpoints.host(), endpoints.apiPort(), endpoints.channelPort());
        return Map.of("SALLYPORT_DATA", layout.serverData().toString(), "SALLYPORT_JAVA_OPTS", options);
    }

    private boolean serverReady() throws IOException {
        if (!Files.exists(layout.admin()) || !Files.exists(layout.certificateAuthority())) {
            return false;
        }
        if (administrator.isEmpty()) {
            administrator = Optional.of(Administrator.of(layout, endpoints.api(), endpoints.region()));
        }
        return administrator.get().serverAnswers();
    }

    /** Starts a program that {@link #stop} will end. */
    private synchronized Child start(String name, List<String> command, Map<String, String> environment, String input)
            throws IOException {
        if (stopping) {
            throw new IOException("Stopped before the %s started.".formatted(name));
        }
        Child child = Child.start(name, command, environment, input, layout.log(name));
        children.addFirst(child);
        return child;
    }

    private synchronized void forget(Child child) {
        children.remove(child);
    }

    private synchronized List<Child> running() {
        return List.copyOf(children);
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
