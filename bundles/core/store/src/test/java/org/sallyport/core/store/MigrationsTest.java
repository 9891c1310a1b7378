package org.sallyport.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.api.error.SallyportException;

@Tag("store")
class MigrationsTest {
    private static final String FIRST = "-- a comment\nCREATE TABLE things (\n  id INTEGER PRIMARY KEY\n);\n";
    private static final String SECOND =
            "ALTER TABLE things ADD COLUMN name VARCHAR(20);\nINSERT INTO things VALUES (1, 'a;b');\n";

    @TempDir
    Path folder;

    private OpenedStore store;

    @BeforeEach
    void open() {
        store = OpenedStore.fresh(folder);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void appliesWhatIsNewAndNothingTwice() {
        assertThat(apply(Map.of("0001-things.sql", FIRST))).isEqualTo(1);
        assertThat(apply(Map.of("0001-things.sql", FIRST, "0002-names.sql", SECOND)))
                .isEqualTo(2);
        assertThat(apply(Map.of("0001-things.sql", FIRST, "0002-names.sql", SECOND)))
                .isEqualTo(2);

        assertThat(count("SELECT COUNT(*) FROM things WHERE name = 'a;b'")).isEqualTo(1);
    }

    @Test
    void aChangedCommentIsNoChange() {
        apply(Map.of("0001-things.sql", FIRST));

        assertThat(apply(Map.of("0001-things.sql", FIRST.replace("a comment", "another"))))
                .isEqualTo(1);
    }

    @Test
    void aChangedMigrationIsRefused() {
        apply(Map.of("0001-things.sql", FIRST));

        assertThatThrownBy(() -> apply(Map.of("0001-things.sql", FIRST.replace("INTEGER", "BIGINT"))))
                .isInstanceOf(SallyportException.class)
                .hasMessageContaining("0001-things.sql of org.example was changed");
        assertThatThrownBy(() -> apply(Map.of("0001-things.sql", FIRST + SECOND)))
                .hasMessageContaining("was changed");
    }

    @Test
    void aMissingMigrationIsRefused() {
        apply(Map.of("0001-things.sql", FIRST, "0002-names.sql", SECOND));

        assertThatThrownBy(() -> apply(Map.of("0001-things.sql", FIRST)))
                .hasMessageContaining("Migration 0002 of org.example was applied before and is missing");
    }

    @Test
    void numbersHaveNoGapAndNamesAreStrict() {
        assertThatThrownBy(() -> apply(Map.of("0002-things.sql", FIRST))).hasMessageContaining("should be number 0001");
        assertThatThrownBy(() -> apply(Map.of("1-things.sql", FIRST))).hasMessageContaining("is not named");
        assertThatThrownBy(() -> apply(Map.of("0001-things.sql", "CREATE TABLE x (id INTEGER)")))
                .hasMessageContaining("no semicolon");
    }

    @Test
    void aBrokenMigrationGoesOnWhereItStoppedOnceItIsRepaired() {
        String broken = FIRST + "INSERT INTO nowhere VALUES (1);\n";

        assertThatThrownBy(() -> apply(Map.of("0001-things.sql", broken)))
                .hasMessageContaining("failed at statement 2");
        assertThatThrownBy(() -> apply(Map.of("0001-things.sql", broken)))
                .hasMessageContaining("failed at statement 2");

        assertThat(apply(Map.of("0001-things.sql", FIRST + "INSERT INTO things VALUES (7);\n")))
                .isEqualTo(1);
        assertThat(count("SELECT COUNT(*) FROM things")).isEqualTo(1);
    }

    @Test
    void aTableThatSomebodyElseMadeIsNotTakenForDone() {
        store.transactions.run(c -> execute(c, "CREATE TABLE things (other INTEGER)"));

        for (int start = 0; start < 2; start++) {
            assertThatThrownBy(() -> apply(Map.of("0001-things.sql", FIRST)))
                    .hasMessageContaining("failed at statement 1");
        }
    }

    @Test
    @DisabledIfSystemProperty(
            named = "sallyport.store",
            matches = "postgresql",
            disabledReason = "PostgreSQL takes definitions back with their transaction: none is in doubt")
    void aDefinitionThatTheDeadServerHadCarriedOutIsNotDoneAgain() {
        apply(Map.of("0001-things.sql", FIRST, "0002-names.sql", SECOND));
        Migration second = Migration.parse("0002-names.sql", SECOND);
        store.transactions.run(c -> execute(c, "DELETE FROM things"));
        store.transactions.run(c -> execute(
                c,
                "UPDATE schema_history SET statements = 0, checksum = '%s', in_doubt = TRUE, finished = FALSE WHERE bundle = 'org.example' AND version = 2"
                        .formatted(second.checksum(0))));

        assertThat(apply(Map.of("0001-things.sql", FIRST, "0002-names.sql", SECOND)))
                .isEqualTo(2);

        assertThat(count("SELECT COUNT(*) FROM things")).isEqualTo(1);
    }

    private int apply(Map<String, String> files) {
        return Migrations.of("org.example", files).apply(store.transactions);
    }

    private int count(String sql) {
        return store.transactions.run(c -> {
            try (Statement statement = c.createStatement();
                    ResultSet rows = statement.executeQuery(sql)) {
                rows.next();
                return rows.getInt(1);
            }
        });
    }

    private static Void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
            return null;
        }
    }
}
