package org.sallyport.test.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.sallyport.test.bench.fleet.Fleet;
import org.sallyport.test.bench.fleet.NodeCryptography;
import org.sallyport.test.e2e.LiveSystem;

/** A boot storm of many nodes against the assembled server, and then their idling. */
final class FleetRun {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int OF_ONE_ACTIVATION = 1_000;
    private static final long LIMIT_SECONDS = 600;
    private static final String KIBIBYTES = "VmRSS:";

    private FleetRun() {}

    /**
     * How much.
     *
     * @param warm other nodes that have come before and stay: a server that has just started still compiles its code
     * @param overSeconds in which the nodes start, evenly
     * @param idleSeconds for which they idle, measured
     * @param atATime nodes that boot at a time; the others wait, which counts
     * @param oneAddress whether all come from one address
     */
    record Plan(int nodes, int warm, int overSeconds, int idleSeconds, int atATime, boolean oneAddress) {
        static Plan of(List<String> words) {
            List<String> rest = new ArrayList<>(words);
            boolean one = rest.remove("--one-address");
            Plan plan = new Plan(
                    number(rest, "--nodes", 5_000),
                    number(rest, "--warm", 0),
                    number(rest, "--over", 30),
                    number(rest, "--idle", 120),
                    number(rest, "--at-a-time", 128),
                    one);
            if (!rest.isEmpty()) {
                throw new IllegalArgumentException(
                        "fleet takes --nodes N, --warm N, --over SECONDS, --idle SECONDS, --at-a-time N and --one-address, not "
                                + rest);
            }
            return plan;
        }

        private static int number(List<String> words, String name, int usual) {
            int at = words.indexOf(name);
            if (at < 0) {
                return usual;
            }
            if (at + 1 == words.size() || !words.get(at + 1).matches("\\d{1,6}")) {
                throw new IllegalArgumentException(name + " needs a number");
            }
            words.remove(at);
            return Integer.parseInt(words.remove(at));
        }
    }

    /** What came of it. */
    record Outcome(
            boolean allConnected,
            int online,
            Map<String, Integer> refusals,
            Map<String, Integer> losses,
            int channelsLost,
            double longestSeconds) {}

    static Outcome run(Plan plan, Report report) throws Exception {
        report.remark("Cryptography of the nodes: " + NodeCryptography.use());
        Path data = LiveSystem.work("fleet");
        try (LiveSystem live = LiveSystem.start(data);
                Api api = new Api(live)) {
            ProcessHandle server = server(live);
            Path keys = Path.of(System.getProperty("sallyport.work")).resolveSibling("fleet-keys.bin");
            try (Fleet fleet = new Fleet(new Fleet.Plan(
                    URI.create("https://" + live.api().getAuthority()),
                    URI.create("https://" + live.channel().getAuthority()),
                    live.get("region"),
                    Path.of(live.get("ca")),
                    activations(api, plan.nodes() + plan.warm()),
                    keys,
                    plan.nodes() + plan.warm(),
                    plan.atATime(),
                    plan.oneAddress()))) {
                return measured(plan, report, fleet, api, server);
            }
        }
    }

    private static Outcome measured(Plan plan, Report report, Fleet fleet, Api api, ProcessHandle server)
            throws Exception {
        if (plan.warm() > 0 && !fleet.storm(0, plan.warm(), 0, LIMIT_SECONDS)) {
            throw new IllegalStateException("The nodes that come before the storm did not all connect");
        }
        long before = resident(server);
        double cpu = CpuTime.of(List.of(server));
        double own = CpuTime.of(List.of(ProcessHandle.current()));
        long begun = System.nanoTime();
        boolean all = fleet.storm(
                plan.warm(), plan.warm() + plan.nodes(), TimeUnit.SECONDS.toMillis(plan.overSeconds()), LIMIT_SECONDS);
        double seconds = (System.nanoTime() - begun) / 1e9;
        double stormCpu = CpuTime.of(List.of(server)) - cpu;
        Samples times = new Samples();
        fleet.counts().nanos().forEach(nanos -> times.add(nanos / 1e9));
        row(report, "nodes that were there before", "nodes", plan.warm(), "");
        row(report, "nodes that start within " + plan.overSeconds() + " s", "nodes", plan.nodes(), "");
        row(report, "connected after", "s", seconds, "");
        row(report, "start of a node to its open channel p50", "s", times.median(), "");
        row(report, "start of a node to its open channel p95", "s", times.percentile(0.95), "");
        row(report, "start of a node to its open channel, longest", "s", times.percentile(1), "under 60");
        row(report, "processor time of the server for each node", "ms", 1e3 * stormCpu / plan.nodes(), "");
        row(
                report,
                "processor time of the node itself",
                "ms",
                1e3 * (CpuTime.of(List.of(ProcessHandle.current())) - own - stormCpu) / plan.nodes(),
                "");
        row(report, "error answers", "answers", sum(fleet.counts().refusals()), "0");
        row(
                report,
                "connections lost and made again",
                "connections",
                sum(fleet.counts().losses()),
                "");
        remark(report, fleet.counts().refusals());
        remark(report, fleet.counts().losses());

        fleet.idle();
        TimeUnit.SECONDS.sleep(Math.min(20, plan.idleSeconds())); // what the storm left to do
        cpu = CpuTime.of(List.of(server));
        begun = System.nanoTime();
        TimeUnit.SECONDS.sleep(plan.idleSeconds());
        double idle = (CpuTime.of(List.of(server)) - cpu) / ((System.nanoTime() - begun) / 1e9);
        long after = resident(server);
        row(report, "idle: processors of the server", "of one", idle, "");
        row(
                report,
                "idle: processor time of the server for each node and hour",
                "ms",
                3.6e6 * idle / (plan.nodes() + plan.warm()),
                "");
        row(report, "resident memory of the server before", "MiB", before / 1024.0, "");
        row(report, "resident memory of the server with them", "MiB", after / 1024.0, "");
        row(report, "for each node", "KiB", (double) (after - before) / plan.nodes(), "");
        int online = online(api, new HashSet<>(fleet.ids()));
        row(report, "online by the server's list", "nodes", online, "all");
        return new Outcome(
                all,
                online,
                fleet.counts().refusals(),
                fleet.counts().losses(),
                fleet.counts().channelsLost(),
                times.percentile(1));
    }

    private static void row(Report report, String what, String unit, double value, String goal) {
        report.add(Row.alone(what, unit, value, goal, ""));
    }

    private static int sum(Map<String, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    private static void remark(Report report, Map<String, Integer> counts) {
        counts.forEach((what, often) -> report.remark(often + " times: " + what));
    }

    private static List<Map.Entry<String, String>> activations(Api api, int nodes) throws IOException {
        List<Map.Entry<String, String>> made = new ArrayList<>();
        // a node whose answer was lost registers once more
        int count = nodes / OF_ONE_ACTIVATION + 1 + nodes / (4 * OF_ONE_ACTIVATION);
        for (int i = 0; i < count; i++) {
            JsonNode one = api.call(
                    "CreateActivation",
                    JSON.createObjectNode()
                            .put("IamRole", "SSMServiceRole")
                            .put("RegistrationLimit", OF_ONE_ACTIVATION));
            made.add(Map.entry(
                    one.required("ActivationId").asText(),
                    one.required("ActivationCode").asText()));
        }
        return made;
    }

    private static int online(Api api, Set<String> ids) throws IOException {
        int online = 0;
        String next = "";
        do {
            ObjectNode request = JSON.createObjectNode().put("MaxResults", 50);
            if (!next.isEmpty()) {
                request.put("NextToken", next);
            }
            JsonNode page = api.call("DescribeInstanceInformation", request);
            for (JsonNode node : page.path("InstanceInformationList")) {
                boolean ours = ids.contains(node.path("InstanceId").asText());
                online += ours && node.path("PingStatus").asText().equals("Online") ? 1 : 0;
            }
            next = page.path("NextToken").asText("");
        } while (!next.isEmpty());
        return online;
    }

    private static ProcessHandle server(LiveSystem live) {
        return live.quickstart()
                .descendants()
                .filter(process -> String.join(" ", process.info().arguments().orElse(new String[0]))
                        .contains("-Dsallyport.api.port"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the server's process is not found"));
    }

    private static long resident(ProcessHandle process) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                .filter(line -> line.startsWith(KIBIBYTES))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }
}
