package org.sallyport.test.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.sallyport.test.e2e.LiveSystem;

/**
 * The counterpart: OpenSSH of this machine, one sshd as jump host and one as node, with keys, settings and ports of their own. As root the
 * shells belong to an account made for this, as ours belong to one; else to whoever runs it.
 */
final class OpenSsh implements AutoCloseable {
    private static final List<Path> DAEMONS = List.of(Path.of("/usr/sbin/sshd"), Path.of("/usr/local/sbin/sshd"));
    private static final String ACCOUNT = "sallyport-bench";
    private static final long WAIT_SECONDS = 30;

    private final Path folder;
    private final String user;
    private final int jumpPort = LiveSystem.freePort();
    private final int nodePort = LiveSystem.freePort();
    private final List<Process> daemons = new ArrayList<>();

    private OpenSsh(Path folder) throws IOException, InterruptedException {
        this.folder = folder;
        this.user = root() ? account() : System.getProperty("user.name");
    }

    /** Where the daemon is; empty when OpenSSH's server is not installed. */
    static Optional<Path> daemon() {
        return DAEMONS.stream().filter(Files::isExecutable).findFirst();
    }

    static OpenSsh start(Path folder) throws IOException, InterruptedException {
        OpenSsh peer = new OpenSsh(folder);
        try {
            peer.begin();
            return peer;
        } catch (IOException | InterruptedException | RuntimeException e) {
            peer.close();
            throw e;
        }
    }

    /** A shell on the node, through the jump host. */
    Way way() {
        return new Way(
                "OpenSSH -J",
                Map.of(),
                List.of("ssh", "-F", folder.resolve("client").toString(), "-tt", "-J", "jump", "node"),
                () -> CpuTime.of(daemons.stream().map(Process::toHandle).toList()));
    }

    private void begin() throws IOException, InterruptedException {
        Files.createDirectories(folder);
        if (root()) {
            Files.createDirectories(Path.of("/run/sshd"));
        }
        run(
                "ssh-keygen",
                "-q",
                "-t",
                "ed25519",
                "-N",
                "",
                "-f",
                folder.resolve("host").toString());
        run(
                "ssh-keygen",
                "-q",
                "-t",
                "ed25519",
                "-N",
                "",
                "-f",
                folder.resolve("person").toString());
        // The daemon reads it as the account, which cannot read our folders.
        Path authorized = Files.createTempFile("sallyport-bench-", ".keys");
        authorized.toFile().deleteOnExit();
        Files.copy(folder.resolve("person.pub"), authorized, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        Files.setPosixFilePermissions(authorized, PosixFilePermissions.fromString("rw-r--r--"));
        for (int port : List.of(jumpPort, nodePort)) {
            Path settings = folder.resolve("daemon-" + port);
            Files.write(
                    settings,
                    List.of(
                            "ListenAddress 127.0.0.1",
                            "Port " + port,
                            "HostKey " + folder.resolve("host"),
                            "PidFile none",
                            "AuthorizedKeysFile " + authorized,
                            "StrictModes no",
                            "UsePAM no",
                            "PasswordAuthentication no",
                            "KbdInteractiveAuthentication no",
                            "PrintMotd no",
                            "PrintLastLog no",
                            "UseDNS no"));
            daemons.add(new ProcessBuilder(daemon().orElseThrow().toString(), "-D", "-f", settings.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("daemon-" + port + ".log").toFile())
                    .start());
            Awaitility.await("sshd").atMost(WAIT_SECONDS, TimeUnit.SECONDS).until(() -> listens(port));
        }
        Files.write(
                folder.resolve("client"),
                List.of(
                        "Host jump",
                        "  Port " + jumpPort,
                        "Host node",
                        "  Port " + nodePort,
                        "Host *",
                        "  HostName 127.0.0.1",
                        "  User " + user,
                        "  IdentityFile " + folder.resolve("person"),
                        "  IdentitiesOnly yes",
                        "  UserKnownHostsFile " + folder.resolve("known"),
                        "  StrictHostKeyChecking accept-new",
                        "  LogLevel ERROR"));
    }

    private static String account() throws IOException, InterruptedException {
        if (status("getent", "passwd", ACCOUNT) != 0) {
            // A password that nothing matches: with a locked one sshd lets nobody in.
            run("useradd", "--system", "--create-home", "--shell", "/bin/bash", "--password", "*", ACCOUNT);
        }
        return ACCOUNT;
    }

    private static boolean root() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + text);
        }
    }

    private static int status(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    @Override
    public void close() {
        daemons.forEach(daemon -> {
            daemon.descendants().forEach(ProcessHandle::destroy);
            daemon.destroy();
        });
    }
}
