package org.sallyport.test.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * The unmodified amazon-ssm-agent as a node of the running system, in mount namespaces in which a folder of its own is laid over the machine's
 * {@code /etc}, data, log and trust: what it writes and what makes it a node stays there. Needs root.
 */
public final class AmazonAgent implements AutoCloseable {
    private static final List<String> PROGRAMS =
            List.of("amazon-ssm-agent", "ssm-agent-worker", "ssm-session-worker", "ssm-document-worker");

    /** Where the folder's parts are laid; the programs find their configuration beside them (node-agent specification, 1.1). */
    private static final Map<String, String> LAID =
            Map.of("lib", "/var/lib/amazon", "log", "/var/log/amazon", "trust", "/usr/local/share/ca-certificates");

    private static final long WAIT_SECONDS = 60;

    private final Path folder;
    private final String nodeId;
    private Process running;

    private AmazonAgent(Path folder, String nodeId) {
        this.folder = folder;
        this.nodeId = nodeId;
    }

    /**
     * Installs it and makes it a node with the script that {@code sallyport activations create --for amazon-ssm-agent} prints; does not start it.
     *
     * @param place an empty folder, for its programs, its data and its log
     */
    public static AmazonAgent enrol(Path place, String script, String activationCode)
            throws IOException, InterruptedException {
        // as the kernel names it, by which its processes are found
        Path folder = Files.createDirectories(place).toRealPath();
        install(Peers.folder(PROGRAMS.toArray(String[]::new)), folder);
        Files.writeString(folder.resolve("enrol.sh"), script);
        Process enrolling = apart(
                folder,
                Map.of("SALLYPORT_ACTIVATION_CODE", activationCode),
                "enrol.log",
                "sh " + folder.resolve("enrol.sh"));
        assertThat(enrolling.waitFor(WAIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(enrolling.exitValue())
                .as(Files.readString(folder.resolve("enrol.log")))
                .isZero();
        String registration = Files.readString(folder.resolve("lib/ssm/registration"));
        return new AmazonAgent(folder, registration.replaceAll("(?s).*\"(mi-[0-9a-f]+)\".*", "$1"));
    }

    public String nodeId() {
        return nodeId;
    }

    /** Starts it, once more if it was stopped or killed. */
    public void start() throws IOException {
        running = apart(folder, Map.of(), "agent.log", "exec " + folder.resolve("amazon-ssm-agent"));
    }

    /**
     * Starts it and waits until it is connected.
     *
     * @param connected whether the server has the control channel of that node
     */
    public void start(Predicate<String> connected) throws IOException {
        start();
        awaitConnected(WAIT_SECONDS, connected);
    }

    /** Waits until it is connected. */
    public void awaitConnected(long seconds, Predicate<String> connected) {
        Awaitility.await("amazon-ssm-agent is connected as " + nodeId)
                .atMost(seconds, TimeUnit.SECONDS)
                .failFast("amazon-ssm-agent ended", () -> !running.isAlive())
                .until(() -> connected.test(nodeId));
    }

    /** Its first process, from {@link #start} on. */
    public ProcessHandle process() {
        return running.toHandle();
    }

    /** What it logged as errors. */
    public String errors() throws IOException {
        return read("log/ssm/errors.log");
    }

    /** All that it logged. */
    public String log() throws IOException {
        return read("log/ssm/amazon-ssm-agent.log");
    }

    /** Kills the agent and its worker; sessions' own processes go on, as they do when it is restarted. */
    public void killAgentAlone() {
        kill(process -> !name(process).equals("ssm-session-worker"));
    }

    /** Kills all of its processes. */
    public void killAll() {
        kill(process -> true);
    }

    private void kill(Predicate<ProcessHandle> which) {
        List<ProcessHandle> all = processes().filter(which).toList();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(AmazonAgent::awaitEnd);
    }

    /** Its running processes, the one of a session {@code ssm-session-worker}. */
    public Stream<ProcessHandle> processes() {
        return ProcessHandle.allProcesses().filter(process -> process.info()
                .command()
                .filter(command -> command.startsWith(folder + File.separator))
                .isPresent());
    }

    private static String name(ProcessHandle process) {
        return process.info()
                .command()
                .map(command -> Path.of(command).getFileName().toString())
                .orElse("");
    }

    private static void awaitEnd(ProcessHandle process) {
        process.onExit().orTimeout(WAIT_SECONDS, TimeUnit.SECONDS).join();
    }

    private String read(String file) throws IOException {
        Path path = folder.resolve(file);
        return Files.exists(path) ? Files.readString(path) : "";
    }

    private static void install(Path programs, Path folder) throws IOException, InterruptedException {
        for (String program : PROGRAMS) {
            Path copy = folder.resolve(program);
            Files.copy(programs.resolve(program), copy, StandardCopyOption.REPLACE_EXISTING);
            Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        Files.createDirectories(folder.resolve("configuration"));
        for (String part : LAID.keySet()) {
            Files.createDirectories(folder.resolve(part));
        }
        Process copying = new ProcessBuilder(
                        "cp", "-a", "/etc", folder.resolve("etc").toString())
                .inheritIO()
                .start();
        assertThat(copying.waitFor()).isZero();
        Files.createDirectories(folder.resolve("etc/amazon/ssm"));
    }

    /** Runs a command of the shell where the folder's parts are laid over the machine's. */
    private static Process apart(Path folder, Map<String, String> environment, String log, String command)
            throws IOException {
        StringBuilder script = new StringBuilder("set -e\n");
        script.append("mount --bind ").append(folder).append("/etc /etc\n");
        script.append("mount --bind ")
                .append(folder)
                .append("/etc/amazon/ssm ")
                .append(folder)
                .append("/configuration\n");
        for (Map.Entry<String, String> part : LAID.entrySet()) {
            Files.createDirectories(Path.of(part.getValue()));
            script.append("mount --bind ")
                    .append(folder.resolve(part.getKey()))
                    .append(' ')
                    .append(part.getValue())
                    .append('\n');
        }
        script.append(command).append('\n');
        ProcessBuilder builder = new ProcessBuilder(
                        "unshare", "--mount", "--propagation", "private", "sh", "-c", script.toString())
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve(log).toFile()));
        builder.environment().keySet().removeAll(List.of("AWS_CA_BUNDLE", "SSL_CERT_FILE", "SSL_CERT_DIR"));
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("no_proxy", "*");
        builder.environment().put("PATH", folder + File.pathSeparator + System.getenv("PATH"));
        builder.environment().putAll(environment);
        return builder.start();
    }

    @Override
    public void close() throws IOException {
        processes().forEach(ProcessHandle::destroy);
        processes().forEach(process -> {
            if (!process.supportsNormalTermination() || !ended(process)) {
                process.destroyForcibly();
            }
        });
        for (String place : List.of("/var/lib/amazon", "/var/log/amazon")) {
            try {
                Files.deleteIfExists(Path.of(place));
            } catch (java.nio.file.DirectoryNotEmptyException e) {
                // A node of the machine itself keeps its data there.
                assertThat(Path.of(place)).isNotEmptyDirectory();
            }
        }
    }

    private static boolean ended(ProcessHandle process) {
        try {
            awaitEnd(process);
            return true;
        } catch (java.util.concurrent.CompletionException e) {
            return false;
        }
    }
}
