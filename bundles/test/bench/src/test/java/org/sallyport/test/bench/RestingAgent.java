package org.sallyport.test.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.sallyport.test.e2e.AmazonAgent;
import org.sallyport.test.e2e.LiveSystem;

/** Our agent beside amazon-ssm-agent: from its start until the server can reach the node, and what it holds when it rests. */
final class RestingAgent implements Part {
    private static final long PATIENCE_SECONDS = 90;
    private static final long POLL_MILLIS = 5;
    private static final long SETTLE_SECONDS = 15;

    /** A program whose start and memory are measured. */
    private interface Program {
        /** Starts it and answers its first process; it was not running. */
        ProcessHandle start() throws Exception;

        void stop() throws Exception;

        String nodeId();
    }

    @Override
    public void measure(Setting setting) throws Exception {
        try (Api api = new Api(setting.live())) {
            double[] ours = figures(new Ours(setting, api), api, setting.sizes().coldStarts());
            Optional<double[]> peer = Optional.empty();
            if (System.getenv("PEER_BIN") == null) {
                setting.report()
                        .remark("SKIPPED: no comparison with amazon-ssm-agent, PEER_BIN does not name its folder.");
            } else {
                Amazon amazon = new Amazon(setting);
                peer = Optional.of(figures(amazon, api, setting.sizes().coldStarts()));
            }
            String which = packaged().isPresent() ? "packaged" : "on this machine's Java, not packaged";
            row(setting, "agent, start to reachable", "ms", ours[0], peer.map(p -> p[0]), which);
            row(setting, "agent, resident memory at rest", "MiB", ours[1], peer.map(p -> p[1]), which);
        }
    }

    /** The counterpart of these rows is amazon-ssm-agent. */
    private static void row(
            Setting setting, String what, String unit, double ours, Optional<Double> peer, String which) {
        setting.report()
                .add(new Row(
                        what,
                        unit,
                        ours,
                        peer,
                        Optional.empty(),
                        "no worse than amazon-ssm-agent",
                        which + "; its counterpart is amazon-ssm-agent, all of its processes"));
    }

    private static double[] figures(Program program, Api api, int rounds) throws Exception {
        Samples times = new Samples();
        Samples memory = new Samples();
        try {
            for (int i = 0; i < rounds; i++) {
                await(() -> !connected(api, program.nodeId()), "the node to be away");
                long began = System.nanoTime();
                ProcessHandle process = program.start();
                await(() -> connected(api, program.nodeId()), "the node to be reachable");
                times.nanosAsMillis(System.nanoTime() - began);
                TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
                memory.add(resident(process));
                program.stop();
            }
        } finally {
            program.stop();
        }
        return new double[] {times.median(), memory.median()};
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void await(Condition condition, String what) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.holds()) {
            if (System.nanoTime() > end) {
                throw new IOException("Waited in vain for " + what);
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    private static boolean connected(Api api, String node) throws IOException {
        ObjectNode target = JsonNodeFactory.instance.objectNode().put("Target", node);
        return api.call("GetConnectionStatus", target).path("Status").asText().equals("connected");
    }

    private static double resident(ProcessHandle process) throws IOException {
        double sum = 0;
        for (ProcessHandle one :
                Stream.concat(Stream.of(process), process.descendants()).toList()) {
            for (String line : Files.readAllLines(Path.of("/proc/" + one.pid() + "/status"))) {
                if (line.startsWith("VmRSS:")) {
                    sum += Double.parseDouble(line.replaceAll("\\D", "")) / 1024;
                }
            }
        }
        return sum;
    }

    private static JsonNode activation(Api api) throws IOException {
        return api.call(
                "CreateActivation", JsonNodeFactory.instance.objectNode().put("IamRole", "SSMServiceRole"));
    }

    /** As {@code distro/package-agent} made it, with its own Java. */
    private static Optional<Path> packaged() throws IOException {
        Path place = LiveSystem.distro().resolve("package-agent");
        if (!Files.isDirectory(place)) {
            return Optional.empty();
        }
        try (Stream<Path> images = Files.list(place)) {
            return images.map(image -> image.resolve("bin/sallyport-agent"))
                    .filter(Files::isExecutable)
                    .findFirst();
        }
    }

    private static final class Ours implements Program {
        private final Path program;
        private final Path data = LiveSystem.work("bench-agent");
        private final String nodeId;
        private Process process;

        Ours(Setting setting, Api api) throws Exception {
            program = packaged().orElse(LiveSystem.program("agent/bin/sallyport-agent"));
            JsonNode made = activation(api);
            Process registering = new ProcessBuilder(List.of(
                            program.toString(),
                            "register",
                            "--replace",
                            "--url",
                            setting.live().api().toString(),
                            "--channel-url",
                            setting.live().channel().toString(),
                            "--region",
                            setting.live().get("region"),
                            "--ca-fingerprint",
                            org.sallyport.channel.trust.CaTrust.fromBundle(
                                            Path.of(setting.live().get("ca")))
                                    .fingerprints()
                                    .get(0),
                            "--id",
                            made.required("ActivationId").asText(),
                            "--data",
                            data.toString()))
                    .redirectErrorStream(true)
                    .start();
            registering
                    .getOutputStream()
                    .write((made.required("ActivationCode").asText() + "\n").getBytes(StandardCharsets.US_ASCII));
            registering.getOutputStream().close();
            String said = new String(registering.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (registering.waitFor() != 0) {
                throw new IOException("The agent did not register: " + said);
            }
            nodeId = said.replaceAll("(?s).*Registered as (mi-\\S+).*", "$1");
        }

        @Override
        public ProcessHandle start() throws IOException {
            process = new ProcessBuilder(program.toString(), "run", "--data", data.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.toHandle();
        }

        @Override
        public void stop() throws InterruptedException {
            if (process != null) {
                process.destroy();
                process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            }
        }

        @Override
        public String nodeId() {
            return nodeId;
        }
    }

    private static final class Amazon implements Program {
        private final AmazonAgent agent;
        private boolean started;

        Amazon(Setting setting) throws Exception {
            LiveSystem live = setting.live();
            ProcessBuilder builder = new ProcessBuilder(
                            LiveSystem.program("cli/bin/sallyport").toString(),
                            "activations",
                            "create",
                            "--for",
                            "amazon-ssm-agent",
                            "--channel-url",
                            live.get("ssmmessages"))
                    .redirectError(LiveSystem.work("bench-amazon-code").toFile());
            builder.environment().putAll(live.clientEnvironment());
            Process creating = builder.start();
            String script = new String(creating.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            String said = Files.readString(LiveSystem.work("bench-amazon-code"));
            if (creating.waitFor() != 0) {
                throw new IOException("No activation was made: " + said);
            }
            agent = AmazonAgent.enrol(
                    LiveSystem.work("bench-amazon-agent"),
                    script,
                    said.replaceAll("(?s).*Activation code: (\\S+).*", "$1"));
        }

        @Override
        public ProcessHandle start() throws IOException {
            agent.start();
            started = true;
            return agent.process();
        }

        @Override
        public void stop() throws IOException {
            if (started) {
                agent.close();
                started = false;
            }
        }

        @Override
        public String nodeId() {
            return agent.nodeId();
        }
    }
}
