package org.sallyport.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.test.database.PostgresServer;
import org.sallyport.test.database.TestDatabase;

/** Servers that start on one PostgreSQL at the same moment. */
class SeveralServersTest {
    private static final int SERVERS = 4;
    private static final long HANG_SECONDS = 60;

    @TempDir
    Path folder;

    private final List<OpenedStore> servers = new ArrayList<>();

    @BeforeEach
    void open() {
        TestDatabase database = TestDatabase.on(PostgresServer.shared());
        for (int i = 0; i < SERVERS; i++) {
            servers.add(OpenedStore.unmigrated(database, folder));
        }
    }

    @AfterEach
    void close() {
        servers.forEach(OpenedStore::close);
    }

    @Test
    void migrateOnceAndAllFindItDone() throws Exception {
        Map<String, String> files = Map.of(
                "0001-things.sql",
                "CREATE TABLE things (id INTEGER PRIMARY KEY);\nSELECT pg_sleep(0.2);\nINSERT INTO things VALUES (1);\n",
                "0002-more.sql",
                "ALTER TABLE things ADD COLUMN name VARCHAR(20);\nUPDATE things SET id = id + 1;\n");

        List<Integer> versions =
                atOnce(server -> Migrations.of("org.example", files).apply(server.transactions));

        assertThat(versions).containsOnly(2).hasSize(SERVERS);
        assertThat(servers.get(0)
                        .transactions
                        .<Integer>run(c -> LostDatabaseIT.number(c, "SELECT SUM(id) FROM things")))
                .isEqualTo(2);
    }

    @Test
    void drawADataKeyEach() throws Exception {
        Migrations.inFolder("org.sallyport.core.store", Path.of("src/main/resources/migrations"))
                .apply(servers.get(0).transactions);

        atOnce(server -> {
            new DataKeyTable(server.transactions).add(Instant.EPOCH, id -> new byte[] {(byte) id});
            return 0;
        });

        List<DataKeyTable.Wrapped> keys = new DataKeyTable(servers.get(0).transactions).all();
        assertThat(keys).extracting(DataKeyTable.Wrapped::id).containsExactly(1L, 2L, 3L, 4L);
        assertThat(keys).allSatisfy(key -> assertThat(key.envelope()).containsExactly((byte) key.id()));
    }

    private List<Integer> atOnce(java.util.function.Function<OpenedStore, Integer> work) throws Exception {
        CyclicBarrier start = new CyclicBarrier(SERVERS);
        ExecutorService threads = Executors.newFixedThreadPool(SERVERS);
        try {
            List<Callable<Integer>> calls = new ArrayList<>();
            for (OpenedStore server : servers) {
                calls.add(() -> {
                    start.await(HANG_SECONDS, TimeUnit.SECONDS);
                    return work.apply(server);
                });
            }
            List<Integer> results = new ArrayList<>();
            for (Future<Integer> one : threads.invokeAll(calls, HANG_SECONDS, TimeUnit.SECONDS)) {
                results.add(one.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }
}
