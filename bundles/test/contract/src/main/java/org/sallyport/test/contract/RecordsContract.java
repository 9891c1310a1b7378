package org.sallyport.test.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.store.Records;

/** What every implementation of {@link Records} keeps to. Subclass it and hand in an empty space. */
public abstract class RecordsContract {
    private static final byte[] ONE = {1};
    private static final byte[] TWO = {2};

    private Records records;

    /** An empty space of records, asked for before each test. */
    protected abstract Records emptyRecords() throws Exception;

    @BeforeEach
    void takeEmptySpace() throws Exception {
        records = emptyRecords();
    }

    @Test
    void absentKeyIsEmpty() {
        assertThat(records.get("nothing")).isEmpty();
        assertThat(records.delete("nothing", 1)).isFalse();
    }

    @Test
    void writesWhatIsReadBack() {
        long revision = records.put("a", ONE, Records.ABSENT).orElseThrow();

        assertThat(revision).isPositive();
        assertThat(records.get("a")).hasValueSatisfying(entry -> {
            assertThat(entry.key()).isEqualTo("a");
            assertThat(entry.value()).isEqualTo(ONE);
            assertThat(entry.revision()).isEqualTo(revision);
        });
    }

    @Test
    void revisionGrowsWithEachChange() {
        long first = records.put("a", ONE, Records.ABSENT).orElseThrow();
        long second = records.put("a", TWO, first).orElseThrow();

        assertThat(second).isGreaterThan(first);
    }

    @Test
    void staleRevisionChangesNothing() {
        long first = records.put("a", ONE, Records.ABSENT).orElseThrow();
        records.put("a", TWO, first).orElseThrow();

        assertThat(records.put("a", ONE, first)).isEmpty();
        assertThat(records.put("a", ONE, Records.ABSENT)).isEmpty();
        assertThat(records.delete("a", first)).isFalse();
        assertThat(records.get("a").orElseThrow().value()).isEqualTo(TWO);
    }

    @Test
    void writingToAnAbsentKeyWithARevisionChangesNothing() {
        assertThat(records.put("a", ONE, 1)).isEmpty();
        assertThat(records.get("a")).isEmpty();
    }

    @Test
    void deletedKeyMayBeMadeAgain() {
        long revision = records.put("a", ONE, Records.ABSENT).orElseThrow();

        assertThat(records.delete("a", revision)).isTrue();
        assertThat(records.get("a")).isEmpty();
        assertThat(records.put("a", TWO, Records.ABSENT)).isPresent();
    }

    @Test
    void scanIsOrderedByKeyAndKeepsToThePrefix() {
        for (String key : List.of("b/2", "a/9", "b/10", "b", "b/1", "c/1")) {
            records.put(key, key.getBytes(StandardCharsets.UTF_8), Records.ABSENT)
                    .orElseThrow();
        }

        assertThat(records.scan("b/", "", 10)).extracting(Records.Entry::key).containsExactly("b/1", "b/10", "b/2");
    }

    @Test
    void scanPagesByTheLastKeySeen() {
        for (int i = 0; i < 5; i++) {
            records.put("k/" + i, ONE, Records.ABSENT).orElseThrow();
        }

        assertThat(records.scan("k/", "", 2)).extracting(Records.Entry::key).containsExactly("k/0", "k/1");
        assertThat(records.scan("k/", "k/1", 2)).extracting(Records.Entry::key).containsExactly("k/2", "k/3");
        assertThat(records.scan("k/", "k/4", 2)).isEmpty();
    }

    @Test
    void prefixIsTakenLiterally() {
        records.put("a_b", ONE, Records.ABSENT).orElseThrow();
        records.put("axb", ONE, Records.ABSENT).orElseThrow();
        records.put("a%b", ONE, Records.ABSENT).orElseThrow();

        assertThat(records.scan("a_", "", 10)).extracting(Records.Entry::key).containsExactly("a_b");
        assertThat(records.scan("a%", "", 10)).extracting(Records.Entry::key).containsExactly("a%b");
    }

    @Test
    void largestKeyAndValueAreTaken() {
        String key = "k".repeat(200);
        byte[] value = new byte[Records.MAX_VALUE_BYTES];

        records.put(key, value, Records.ABSENT).orElseThrow();

        assertThat(records.get(key).orElseThrow().value()).isEqualTo(value);
    }

    @Test
    void beyondTheLimitsIsRefused() {
        assertInvalid(() -> records.put("a", new byte[Records.MAX_VALUE_BYTES + 1], Records.ABSENT));
        assertInvalid(() -> records.put("", ONE, Records.ABSENT));
        assertInvalid(() -> records.put("k".repeat(201), ONE, Records.ABSENT));
        assertInvalid(() -> records.scan("", "", 0));
        assertInvalid(() -> records.scan("", "", 1001));
    }

    @Test
    void noUpdateIsLostWhenManyCountAtOnce() throws Exception {
        records.put("count", new byte[] {0}, Records.ABSENT).orElseThrow();
        AtomicInteger written = new AtomicInteger();

        Race.of(8, () -> {
            for (int i = 0; i < 10; i++) {
                Records.Entry seen;
                do {
                    seen = records.get("count").orElseThrow();
                } while (records.put("count", new byte[] {(byte) (seen.value()[0] + 1)}, seen.revision())
                        .isEmpty());
                written.incrementAndGet();
            }
            return null;
        });

        assertThat(written).hasValue(80);
        assertThat(records.get("count").orElseThrow().value()).containsExactly(80);
    }

    @Test
    void ofManyWhoMakeTheSameKeyOneSucceeds() throws Exception {
        assertThat(Race.of(8, () -> records.put("new", ONE, Records.ABSENT).isPresent()))
                .containsOnlyOnce(true);
    }

    private static void assertInvalid(Runnable call) {
        assertThatThrownBy(call::run).isInstanceOfSatisfying(SallyportException.class, e -> assertThat(e.code())
                .isEqualTo(CommonError.INVALID_ARGUMENT));
    }
}
