package org.sallyport.core.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.core.store.ConnectionPool;
import org.sallyport.core.store.StoreSettings;
import org.sallyport.kernel.store.Sql;
import org.sallyport.kernel.store.Transactions;

/** Whenever the server is killed, no moment is counted twice and none that was counted is lost. */
class UsageKillTest {
    private static final int KILLS = 8;

    @TempDir
    private Path folder;

    @Test
    @Tag("long")
    @Timeout(300)
    void killsNeitherLoseNorDoubleWhatWasCounted() throws Exception {
        long begin = on(store -> {
            store.run(connection -> Sql.update(
                    connection,
                    "INSERT INTO managed_node (id, activation_id, role_name, public_key, fingerprint, registered_at)"
                            + " VALUES (?, 'a', 'R', 'k', 'f', 0)",
                    CountingServer.NODE));
            long now = System.currentTimeMillis();
            new UsageMeter(store).count(now, CountingServer.NODE::equals);
            return now;
        });

        for (int i = 0; i < KILLS; i++) {
            countAndKill();
        }

        long end = on(store -> store.run(
                connection -> Sql.first(connection, "SELECT counted_to FROM node_usage_clock", row -> row.getLong(1))
                        .orElseThrow()));
        long total = on(store -> store.run(
                connection -> Sql.first(connection, "SELECT SUM(millis) FROM node_usage", row -> row.getLong(1))
                        .orElseThrow()));
        assertThat(total).isEqualTo(end - begin).isPositive();
    }

    private void countAndKill() throws IOException, InterruptedException {
        Process server = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        CountingServer.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader lines = server.inputReader(StandardCharsets.UTF_8)) {
            int wanted = ThreadLocalRandom.current().nextInt(5, 40);
            int counted = 0;
            String line = lines.readLine();
            while (line != null && counted < wanted) {
                counted += line.equals("counted") ? 1 : 0;
                line = lines.readLine();
            }
            assertThat(counted).as("turns before the kill").isEqualTo(wanted);
        } finally {
            server.destroyForcibly();
        }
        assertThat(server.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }

    /** What is done with the store between two lives of the server. */
    private interface Look {
        long at(Transactions store);
    }

    private long on(Look look) {
        try (ConnectionPool pool = ConnectionPool.open(StoreSettings.embedded(folder))) {
            return look.at(CountingServer.open(pool));
        }
    }
}
