package org.sallyport.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.store.Records;

@Tag("store")
class JdbcRecordsTest {
    @TempDir
    Path folder;

    private OpenedStore store;
    private Records records;

    @BeforeEach
    void open() {
        store = OpenedStore.fresh(folder);
        records = new JdbcRecords(store.transactions, "org.example.one");
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void writesAndReadsBack() {
        long revision = records.put("key", bytes("value"), Records.ABSENT).orElseThrow();

        Records.Entry entry = records.get("key").orElseThrow();

        assertThat(entry.revision()).isEqualTo(revision).isPositive();
        assertThat(entry.value()).isEqualTo(bytes("value"));
    }

    @Test
    void anOldRevisionChangesNothing() {
        long first = records.put("key", bytes("a"), Records.ABSENT).orElseThrow();
        long second = records.put("key", bytes("b"), first).orElseThrow();

        assertThat(second).isGreaterThan(first);
        assertThat(records.put("key", bytes("c"), first)).isEmpty();
        assertThat(records.put("key", bytes("c"), Records.ABSENT)).isEmpty();
        assertThat(records.delete("key", first)).isFalse();
        assertThat(records.get("key").orElseThrow().value()).isEqualTo(bytes("b"));
    }

    @Test
    void aRevisionNeverComesBackAfterDelete() {
        long first = records.put("key", bytes("a"), Records.ABSENT).orElseThrow();

        assertThat(records.delete("key", first)).isTrue();
        assertThat(records.get("key")).isEmpty();

        assertThat(records.put("key", bytes("b"), Records.ABSENT).orElseThrow()).isGreaterThan(first);
    }

    @Test
    void ownersDoNotSeeEachOther() {
        records.put("key", bytes("mine"), Records.ABSENT);
        Records other = new JdbcRecords(store.transactions, "org.example.two");

        assertThat(other.get("key")).isEmpty();
        assertThat(other.scan("", "", 10)).isEmpty();
        assertThat(other.put("key", bytes("theirs"), Records.ABSENT)).isPresent();
        assertThat(records.get("key").orElseThrow().value()).isEqualTo(bytes("mine"));
    }

    @Test
    void scanTakesWildcardsAsPlainTextAndKeepsTheOrderOfKeys() {
        for (String key : List.of("a_1", "ab1", "a%1", "a_2", "a", "b", "a_é", "a_\uD83D\uDE00")) {
            records.put(key, bytes(key), Records.ABSENT);
        }

        assertThat(keys(records.scan("a_", "", 10))).containsExactly("a_1", "a_2", "a_é", "a_\uD83D\uDE00");
        assertThat(keys(records.scan("a%", "", 10))).containsExactly("a%1");
        assertThat(keys(records.scan("a_", "a_1", 1))).containsExactly("a_2");
        assertThat(keys(records.scan("", "a_2", 10))).containsExactly("a_é", "a_\uD83D\uDE00", "ab1", "b");
        assertThat(records.scan("c", "", 10)).isEmpty();
    }

    @Test
    void limitsAreChecked() {
        refused(() -> records.get(""));
        refused(() -> records.get("k".repeat(201)));
        refused(() -> records.get("\uD83D"));
        refused(() -> records.put("k", new byte[Records.MAX_VALUE_BYTES + 1], Records.ABSENT));
        refused(() -> records.scan("", "", 0));
        refused(() -> records.scan("", "", 1001));

        assertThat(records.put("é".repeat(200), new byte[Records.MAX_VALUE_BYTES], Records.ABSENT))
                .isPresent();
    }

    @Test
    void refusesToBeCalledInsideATransaction() {
        assertThatThrownBy(() -> store.transactions.run(c -> records.get("key")))
                .isInstanceOf(SallyportException.class)
                .hasMessageContaining("inside a transaction");
    }

    @Test
    void ofManyThatMakeOrChangeAKeyExactlyOneWins() throws Exception {
        long revision = Records.ABSENT;
        for (int round = 0; round < 20; round++) {
            List<Long> winners = race(12, revision);

            assertThat(winners).hasSize(1);
            assertThat(records.get("contested").orElseThrow().revision()).isEqualTo(winners.get(0));
            revision = winners.get(0);
        }
    }

    private List<Long> race(int threads, long expected) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        CountDownLatch start = new CountDownLatch(1);
        try {
            List<Future<Optional<Long>>> all = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                byte[] value = bytes("thread " + i);
                all.add(pool.submit(() -> {
                    start.await();
                    return records.put("contested", value, expected);
                }));
            }
            start.countDown();
            List<Long> winners = new ArrayList<>();
            for (Future<Optional<Long>> one : all) {
                one.get(30, TimeUnit.SECONDS).ifPresent(winners::add);
            }
            return winners;
        } finally {
            pool.shutdownNow();
        }
    }

    private static void refused(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(SallyportException.class, e -> assertThat(e.code())
                .isEqualTo(CommonError.INVALID_ARGUMENT));
    }

    private static List<String> keys(List<Records.Entry> entries) {
        return entries.stream().map(Records.Entry::key).toList();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
