package org.sallyport.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.api.session.EndCause;
import org.sallyport.api.session.SessionState;
import org.sallyport.kernel.store.Transactions;
import org.sallyport.test.database.SettableClock;
import org.sallyport.test.stores.TestStore;

/** Sessions of a server from before records and limits. */
class UpgradeTest {
    private static final Path MIGRATIONS = Path.of("src/main/resources/migrations");
    private static final String FIRST = "0001-sessions.sql";

    @TempDir
    Path folder;

    private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T10:00:00Z"));
    private final FakeServices services = new FakeServices();

    @Test
    void goesOnWithThemWithoutLimitsAndSealsNone() throws IOException {
        Path before = Files.createDirectory(folder.resolve("before"));
        Files.copy(MIGRATIONS.resolve(FIRST), before.resolve(FIRST));
        try (TestStore transactions = TestStore.with(SessionService.PID, before)) {
            long start = clock.millis();
            services.connected.add("mi-1");
            insert(transactions, "over", SessionState.TERMINATED, start);
            insert(transactions, "silent", SessionState.CONNECTING, start);
            insert(transactions, "runs", SessionState.CONNECTED, start);
            transactions.migrate(SessionService.PID, MIGRATIONS);

            Engine engine = Engine.open(transactions, services, () -> Fixture.SETTINGS, clock, clock::millis);
            clock.advance(Duration.ofSeconds(10));
            engine.watch().takeAll();
            engine.sweep().endOverdue();
            engine.sealing().seal();

            assertThat(find(transactions, "silent").cause()).contains(EndCause.NODE_SILENT);
            assertThat(find(transactions, "runs").state()).isEqualTo(SessionState.CONNECTED);
            assertThat(find(transactions, "runs").watch().idle()).isEmpty();
            assertThat(services.journals.sealed).isEmpty();
        }
    }

    @Test
    void endsNoneForADocumentThatNobodyNamed() throws IOException {
        Path before = Files.createDirectory(folder.resolve("before"));
        Files.copy(MIGRATIONS.resolve(FIRST), before.resolve(FIRST));
        try (TestStore transactions = TestStore.with(SessionService.PID, before)) {
            insert(transactions, "shell", SessionState.CONNECTED, clock.millis());
            insert(transactions, "named", SessionState.CONNECTED, clock.millis());
            transactions.run(c -> SessionTable.execute(
                    c, "UPDATE sessions SET document_name = 'SSM-SessionManagerRunShell' WHERE id = 'shell'"));
            transactions.migrate(SessionService.PID, MIGRATIONS);
            services.forbidden.add(services.arn("SSM-SessionManagerRunShell"));
            services.forbidden.add(services.arn("Doc"));

            Engine.open(transactions, services, () -> Fixture.SETTINGS, clock, clock::millis)
                    .revocation()
                    .turn();

            assertThat(find(transactions, "shell").state()).isEqualTo(SessionState.CONNECTED);
            assertThat(find(transactions, "named").cause()).contains(EndCause.ACCESS_REVOKED);
        }
    }

    private static SessionRow find(Transactions transactions, String id) {
        return transactions.run(c -> new SessionTable().find(c, id)).orElseThrow();
    }

    private static int insert(Transactions transactions, String id, SessionState state, long at) {
        boolean attached = state == SessionState.CONNECTED;
        return transactions.run(c -> SessionTable.execute(
                c,
                "INSERT INTO sessions (id, node_id, document_name, session_type, separate_output, owner_id, owner_arn, state,"
                        + " started_at, client_attached, client_changed, node_attached, node_changed, node_done)"
                        + " VALUES (?, 'mi-1', 'Doc', 'Port', FALSE, 'AIDA', 'arn', ?, ?, ?, ?, ?, ?, FALSE)",
                id,
                state.name(),
                at,
                attached,
                at,
                attached,
                at));
    }
}
