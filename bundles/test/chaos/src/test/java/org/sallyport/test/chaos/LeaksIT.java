package org.sallyport.test.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.sallyport.cli.session.Outcome;

/** Many sessions that end in every way leave no process, descriptor, thread or row that should not be there. */
class LeaksIT {
    private static final int SESSIONS = Integer.getInteger("sallyport.leaks.sessions", 1_000);
    private static final int WARM_UP = 40;
    private static final int PARALLEL = 10;
    private static final int RESUME_WINDOW_SECONDS = 5;
    private static final long SETTLE_SECONDS = 90;
    private static final int MORE_THREADS = 6;
    private static final int MORE_DESCRIPTORS = 12;

    /** How a session ends, and what its history then says. */
    private enum End {
        EXIT("EXITED"),
        TERMINATE("CLIENT"),
        VANISH("CLIENT_LOST"),
        KILLED_SHELL("EXITED");

        private final String cause;

        End(String cause) {
            this.cause = cause;
        }
    }

    private record Held(int threads, long descriptors, Map<String, Long> what) {
        static Held by(JvmProbe probe) throws Exception {
            Map<String, Long> descriptors = probe.descriptors();
            return new Held(
                    probe.threads(),
                    descriptors.values().stream().mapToLong(n -> n).sum(),
                    descriptors);
        }

        @Override
        public String toString() {
            return "%d threads, %d descriptors".formatted(threads, descriptors);
        }
    }

    @Test
    void aThousandSessionsLeaveNothing() throws Exception {
        Path data;
        try (Bench bench = Bench.start(
                "leaks",
                "",
                "",
                2 * PARALLEL + SESSIONS / 10,
                Map.of("resume.window.s", Integer.toString(RESUME_WINDOW_SECONDS)))) {
            data = bench.server().data();
            JvmProbe server = new JvmProbe(bench.server().pid());
            JvmProbe agent = new JvmProbe(bench.agent().pid());
            run(bench, WARM_UP);
            awaitOver(bench);
            Held serverBefore = Held.by(server);
            Held agentBefore = Held.by(agent);
            System.out.printf("LEAKS after %d sessions: server %s; agent %s%n", WARM_UP, serverBefore, agentBefore);

            long began = System.nanoTime();
            Map<String, End> ends = run(bench, SESSIONS);
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
            awaitOver(bench);

            settled("server", server, serverBefore);
            settled("agent", agent, agentBefore);
            causes(bench, ends);
            System.out.printf(
                    "LEAKS %d sessions in %d ms, %d at a time: server %s; agent %s%n",
                    SESSIONS, millis, PARALLEL, Held.by(server), Held.by(agent));
        }
        rows(data);
    }

    private static Map<String, End> run(Bench bench, int count) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(PARALLEL);
        try {
            List<Future<Map.Entry<String, End>>> all = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                End end = End.values()[i % End.values().length];
                all.add(threads.submit(() -> Map.entry(one(bench, end), end)));
            }
            Map<String, End> ends = new java.util.HashMap<>();
            for (Future<Map.Entry<String, End>> one : all) {
                ends.put(one.get().getKey(), one.get().getValue());
            }
            return ends;
        } finally {
            threads.shutdownNow();
        }
    }

    private static String one(Bench bench, End end) throws Exception {
        try (ScriptedClient client = bench.open()) {
            client.type("echo up-$((40+2))\r");
            client.awaitText("up-42");
            switch (end) {
                case EXIT -> {
                    client.type("exit\r");
                    assertThat(client.ended().how()).isEqualTo(Outcome.How.ENDED);
                }
                case TERMINATE -> {
                    bench.api().terminate(client.sessionId());
                    client.ended();
                }
                case VANISH -> assertThat(client.open()).isTrue(); // it is closed below, without a word to the server
                case KILLED_SHELL -> {
                    client.type("kill -9 $$\r");
                    assertThat(client.ended().how()).isEqualTo(Outcome.How.ENDED);
                }
            }
            return client.sessionId();
        }
    }

    private static void awaitOver(Bench bench) {
        Awaitility.await("all sessions to be over")
                .atMost(SETTLE_SECONDS, TimeUnit.SECONDS)
                .untilAsserted(() -> {
                    assertThat(bench.api().sessions("Active")).isEmpty();
                    assertThat(bench.agent().children())
                            .as("processes of the agent")
                            .isEmpty();
                });
    }

    private static void settled(String who, JvmProbe probe, Held before) throws Exception {
        Awaitility.await("threads and descriptors of the " + who)
                .atMost(SETTLE_SECONDS, TimeUnit.SECONDS)
                .pollInterval(1, TimeUnit.SECONDS)
                .untilAsserted(() -> {
                    Held now = Held.by(probe);
                    assertThat(now.threads())
                            .as(() -> names(probe))
                            .isLessThanOrEqualTo(before.threads() + MORE_THREADS);
                    assertThat(now.descriptors())
                            .as("before %s, now %s", before.what(), now.what())
                            .isLessThanOrEqualTo(before.descriptors() + MORE_DESCRIPTORS);
                });
    }

    private static String names(JvmProbe probe) {
        try {
            return probe.threadNames().toString();
        } catch (Exception e) {
            return e.toString();
        }
    }

    private static void causes(Bench bench, Map<String, End> ends) throws Exception {
        Map<String, String> told = bench.api().sessions("History").stream()
                .collect(Collectors.toMap(s -> s.path("SessionId").asText(), s -> s.path("Details")
                        .asText()));
        List<String> wrong = ends.entrySet().stream()
                .filter(e -> !told.getOrDefault(e.getKey(), "").startsWith(e.getValue().cause))
                .map(e -> e.getKey() + " by " + e.getValue() + ": " + told.get(e.getKey()))
                .toList();
        assertThat(wrong).as("sessions whose history tells another end").isEmpty();
        assertThat(told).hasSizeGreaterThanOrEqualTo(ends.size());
    }

    /** Read from the database itself, after the server has stopped. */
    private static void rows(Path data) throws SQLException {
        String url = "jdbc:h2:file:" + data.resolve("store/sallyport")
                + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;IFEXISTS=TRUE";
        try (Connection connection = DriverManager.getConnection(url, "sallyport", "")) {
            assertThat(count(connection, "sessions WHERE state NOT IN ('TERMINATED', 'FAILED')"))
                    .as("sessions that are not over")
                    .isZero();
            assertThat(count(connection, "sessions WHERE cause IS NULL OR ended_at IS NULL"))
                    .as("sessions without an end")
                    .isZero();
            assertThat(count(connection, "sessions WHERE NOT node_done"))
                    .as("sessions whose node did not report")
                    .isZero();
            assertThat(count(
                            connection,
                            "session_tokens WHERE expires_at < "
                                    + (System.currentTimeMillis() - TimeUnit.MINUTES.toMillis(5))))
                    .as("tokens that nobody can use")
                    .isZero();
            assertThat(count(connection, "session_orders"))
                    .as("orders that were obeyed or came to nothing")
                    .isZero();
        }
    }

    private static long count(Connection connection, String from) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT COUNT(*) FROM " + from)) {
            result.next();
            return result.getLong(1);
        }
    }
}
