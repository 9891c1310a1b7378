package org.sallyport.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.api.store.Records;
import org.sallyport.test.database.PostgresServer;
import org.sallyport.test.database.TestDatabase;

/** What a call returned from is on disk, whenever the process, or the database's server, is killed. */
@Tag("store")
class KilledServerTest {
    /** Few in each build, {@code sallyport.kills} of them where the long tests run. */
    private static final int KILLS = Integer.getInteger("sallyport.kills", 10);

    private static final int DATABASE_TOO = 10;

    /** Each with a server and data of its own, at the same time: a kill waits most for the next process to start. */
    private static final int LANES = 2;

    @TempDir
    Path folder;

    /** Writes records and prints the key of each once the call is back. */
    static final class Writer {
        public static void main(String[] args) {
            TestDatabase database = new TestDatabase(args[2], args[3], args[4]);
            OpenedStore store = OpenedStore.on(database, Path.of(args[0]));
            Records records = new JdbcRecords(store.transactions, "org.example");
            for (int i = 0; ; i++) {
                String key = args[1] + "-" + i;
                records.put(key, key.getBytes(StandardCharsets.UTF_8), Records.ABSENT)
                        .orElseThrow();
                System.out.println(key);
            }
        }
    }

    /** What is killed again and again, and started again on the same data. */
    private record Lane(Path folder, Optional<PostgresServer> postgres, TestDatabase database)
            implements Callable<Set<String>>, AutoCloseable {

        static Lane in(Path folder) {
            Optional<PostgresServer> postgres =
                    TestDatabase.onPostgres() ? Optional.of(PostgresServer.startDurable()) : Optional.empty();
            return new Lane(folder, postgres, postgres.map(TestDatabase::on).orElseGet(TestDatabase::fresh));
        }

        /** All that was reported to be written. */
        @Override
        public Set<String> call() throws Exception {
            Set<String> reported = new HashSet<>();
            for (int kill = 0; kill < KILLS / LANES; kill++) {
                // another moment in each round: after the first commit, the second …
                reported.addAll(writeUntilKilled(kill, kill % 20 + 1));
            }
            return reported;
        }

        private Set<String> writeUntilKilled(int round, int rows) throws Exception {
            Process process = writer(folder, database, round);
            Set<String> reported = new HashSet<>();
            boolean databaseKilled = false;
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                String prefix = round + "-";
                int complete = 0;
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (!line.startsWith(prefix)) {
                        continue;
                    }
                    reported.add(line);
                    if (++complete == rows) {
                        if (postgres.isPresent() && round % DATABASE_TOO == DATABASE_TOO - 1) {
                            postgres.get().kill();
                            databaseKilled = true;
                        }
                        // through the handle: Process itself would close the stream with what was printed
                        process.toHandle().destroyForcibly();
                    }
                }
                assertThat(complete).as("rows of round " + round).isGreaterThanOrEqualTo(rows);
            } finally {
                process.destroyForcibly();
                assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            }
            if (databaseKilled) {
                postgres.get().start();
            }
            // the last line may have been cut off by the kill
            reported.removeIf(key -> !key.matches("\\d+-\\d+"));
            return reported;
        }

        void requireAll(Set<String> reported) {
            try (OpenedStore store = OpenedStore.on(database, folder)) {
                Records records = new JdbcRecords(store.transactions, "org.example");
                assertThat(reported)
                        .hasSizeGreaterThanOrEqualTo(KILLS / LANES)
                        .allSatisfy(key -> assertThat(records.get(key)).as(key).isPresent());
            }
        }

        @Override
        public void close() {
            postgres.ifPresent(PostgresServer::close);
        }
    }

    @Test
    void everyRowThatWasReportedIsThereAfterKill() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(LANES);
        List<Lane> lanes = new ArrayList<>();
        try {
            for (int i = 0; i < LANES; i++) {
                lanes.add(Lane.in(Files.createDirectory(folder.resolve("lane-" + i))));
            }
            List<Future<Set<String>>> reported = threads.invokeAll(lanes);
            for (int i = 0; i < LANES; i++) {
                lanes.get(i).requireAll(reported.get(i).get());
            }
        } finally {
            threads.shutdownNow();
            lanes.forEach(Lane::close);
        }
    }

    @Test
    @DisabledIfSystemProperty(
            named = "sallyport.store",
            matches = "postgresql",
            disabledReason = "PostgreSQL is for several servers")
    void aSecondServerOnTheSameDataIsRefused() throws Exception {
        TestDatabase database = TestDatabase.fresh();
        try (OpenedStore store = OpenedStore.on(database, folder)) {
            Process second = writer(folder, database, 0);
            try (var printed = second.getInputStream()) {
                assertThat(printed.readAllBytes()).isEmpty();
            } finally {
                second.destroyForcibly();
            }

            assertThat(new JdbcRecords(store.transactions, "org.example").scan("", "", 1))
                    .isEmpty();
        }
    }

    private static Process writer(Path folder, TestDatabase database, int round) throws Exception {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                Writer.class.getName(),
                folder.toString(),
                Integer.toString(round),
                database.url(),
                database.user(),
                database.password());
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
