package org.sallyport.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;
import org.sallyport.kernel.store.Transactions;

@Tag("store")
class SecretsComponentTest {
    private static final byte[] SECRET = {1, 2, 3};

    @TempDir
    Path folder;

    private OpenedStore store;
    private volatile boolean away;

    @BeforeEach
    void open() {
        store = OpenedStore.fresh(folder);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aDatabaseThatIsAwayAtTheStartIsReadWithTheFirstCallAfter() throws Exception {
        away = true;
        SecretsComponent secrets = component();
        try {
            assertThatThrownBy(() -> secrets.seal("row", SECRET))
                    .isInstanceOfSatisfying(
                            SallyportException.class, e -> assertThat(e.code()).isEqualTo(CommonError.SERVICE_AWAY));

            away = false;

            assertThat(secrets.open("row", secrets.seal("row", SECRET))).isEqualTo(SECRET);
        } finally {
            secrets.deactivate();
        }
    }

    @Test
    void aMasterKeyThatIsGoneKeepsItFromStarting() throws Exception {
        component().deactivate();
        Files.delete(folder.resolve("master.key"));

        assertThatThrownBy(this::component).hasMessageContaining("is missing");
    }

    private SecretsComponent component() {
        GivenConfig config = new GivenConfig(Map.of("directory", folder.toString()));
        return new SecretsComponent("", config, new Interruptible());
    }

    /** The real ones, unless the database is said to be away. */
    private final class Interruptible implements Transactions {
        @Override
        public <T> T run(Work<T> work) {
            if (away) {
                throw new SallyportException(CommonError.SERVICE_AWAY, "away");
            }
            return store.transactions.run(work);
        }

        @Override
        public boolean active() {
            return store.transactions.active();
        }
    }
}
