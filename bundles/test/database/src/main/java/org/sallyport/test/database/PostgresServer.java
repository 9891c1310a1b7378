package org.sallyport.test.database;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A PostgreSQL server on a free port of this machine, with data that is removed at its end. It ends with {@link #close} or with this
 * Java virtual machine, however that ends: a shell between the two watches. Root starts it as {@code nobody}. Not for many threads.
 */
public final class PostgresServer implements AutoCloseable {
    static final String USER = "sallyport";
    static final String PASSWORD = "secret of the tests";

    private static final int NOBODY = 65534;
    private static final long PATIENCE_SECONDS = 60;
    /** Arguments: log, folder, server's command. Folder and log go only when the other end of the input is gone. */
    private static final String WATCH =
            """
            log=$1 folder=$2; shift 2
            "$@" </dev/null >>"$log" 2>&1 &
            server=$!
            cat >/dev/null
            kill -QUIT $server 2>/dev/null
            wait $server
            rm -rf "$folder" "$log"
            """;

    private static PostgresServer shared;

    private final Path bin;
    private final Path folder;
    private final int port;
    private final boolean durable;
    private Process watch;

    private PostgresServer(Path bin, Path folder, int port, boolean durable) {
        this.bin = bin;
        this.folder = folder;
        this.port = port;
        this.durable = durable;
    }

    /** The one for all tests that do not take it away; it does not wait for the disk. */
    public static synchronized PostgresServer shared() {
        if (shared == null) {
            shared = start(false);
        }
        return shared;
    }

    /** A server of the caller's own, which waits for the disk at each commit as one in production. */
    public static PostgresServer startDurable() {
        return start(true);
    }

    private static PostgresServer start(boolean durable) {
        try {
            Path bin = PostgresBinaries.folder().resolve("bin");
            Path folder = Files.createTempDirectory(Path.of("/tmp"), "sallyport-postgres-data-");
            if (root()) {
                UserPrincipal nobody =
                        folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
                Files.setOwner(folder, nobody);
            }
            PostgresServer server = new PostgresServer(bin, folder, freePort(), durable);
            server.init();
            server.start();
            return server;
        } catch (IOException e) {
            throw new IllegalStateException("No PostgreSQL for the tests: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** JDBC URL without settings. */
    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    public int port() {
        return port;
    }

    /** Starts again on the same data and port, after {@link #kill}. Returns when it takes connections. */
    public void start() {
        try {
            watch = new ProcessBuilder(command(
                            List.of("sh", "-c", WATCH, "watch", folder + ".log", folder.toString()), serverCommand()))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            awaitConnection();
        } catch (IOException e) {
            throw new IllegalStateException("PostgreSQL does not start", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** What {@code kill -9} of the server and all its processes does, as when the machine's power goes. */
    public void kill() {
        try {
            List<ProcessHandle> all = new ArrayList<>();
            ProcessHandle.of(pid()).ifPresent(postmaster -> {
                all.add(postmaster);
                postmaster.descendants().forEach(all::add);
            });
            // first who watches: it would take the data away
            watch.destroyForcibly().waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            all.forEach(ProcessHandle::destroyForcibly);
            for (ProcessHandle one : all) {
                for (long waited = 0; one.isAlive() && waited < PATIENCE_SECONDS * 100; waited++) {
                    Thread.sleep(10);
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("PostgreSQL is not there to be killed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        try {
            watch.getOutputStream().close();
            if (!watch.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                kill();
            }
            if (Files.exists(folder)) {
                PostgresBinaries.remove(folder);
            }
            Files.deleteIfExists(Path.of(folder + ".log"));
        } catch (IOException e) {
            throw new IllegalStateException("PostgreSQL does not stop", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void init() throws IOException, InterruptedException {
        Path secret = folder.resolve("password");
        Files.writeString(secret, PASSWORD);
        Process init = new ProcessBuilder(command(
                        asUser(),
                        List.of(
                                bin.resolve("initdb").toString(),
                                "--pgdata=" + data(),
                                "--username=" + USER,
                                "--pwfile=" + secret,
                                "--auth=scram-sha-256",
                                "--encoding=UTF8",
                                "--locale=C",
                                "--no-instructions",
                                "--no-sync")))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(init.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (init.waitFor() != 0) {
            throw new IOException("initdb: " + said);
        }
    }

    private List<String> serverCommand() {
        String sync = durable ? "on" : "off";
        return command(
                asUser(),
                List.of(
                        bin.resolve("postgres").toString(),
                        "-D",
                        data().toString(),
                        "-p",
                        Integer.toString(port),
                        "-c",
                        "listen_addresses=127.0.0.1",
                        "-c",
                        "unix_socket_directories=",
                        "-c",
                        "max_connections=100",
                        "-c",
                        "shared_buffers=32MB",
                        "-c",
                        "fsync=" + sync,
                        "-c",
                        "synchronous_commit=" + sync,
                        "-c",
                        "full_page_writes=" + sync));
    }

    private void awaitConnection() throws IOException, InterruptedException {
        SQLException last = null;
        for (long tried = 0; tried < PATIENCE_SECONDS * 20; tried++) {
            try (Connection connection = DriverManager.getConnection(url(), USER, PASSWORD)) {
                if (connection.isValid(5)) {
                    return;
                }
            } catch (SQLException e) {
                last = e;
            }
            if (!watch.isAlive()) {
                break;
            }
            Thread.sleep(50);
        }
        throw new IOException("PostgreSQL takes no connection:\n" + Files.readString(Path.of(folder + ".log")), last);
    }

    private long pid() throws IOException {
        try {
            return Long.parseLong(
                    Files.readAllLines(data().resolve("postmaster.pid")).get(0).strip());
        } catch (NoSuchFileException e) {
            throw new IOException("it does not run", e);
        }
    }

    private Path data() {
        return folder.resolve("data");
    }

    private static List<String> asUser() {
        String nobody = Integer.toString(NOBODY);
        return root()
                ? List.of("setpriv", "--reuid=" + nobody, "--regid=" + nobody, "--clear-groups", "--")
                : List.of();
    }

    private static List<String> command(List<String> before, List<String> after) {
        List<String> all = new ArrayList<>(before);
        all.addAll(after);
        return all;
    }

    private static boolean root() {
        return System.getProperty("user.name").equals("root");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
