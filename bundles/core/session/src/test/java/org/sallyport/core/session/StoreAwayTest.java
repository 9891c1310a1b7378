package org.sallyport.core.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.sallyport.core.session.Fixture.ANN;
import static org.sallyport.core.session.Fixture.NODE_ID;
import static org.sallyport.core.session.Fixture.assertCode;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.service.condition.Condition;
import org.sallyport.api.document.SessionInputs;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.page.PageRequest;
import org.sallyport.api.session.EndCause;
import org.sallyport.api.session.SessionState;
import org.sallyport.kernel.session.DataEnd;
import org.sallyport.kernel.store.Schema;

/** The connection to the database is lost for a while. */
class StoreAwayTest {
    @TempDir
    Path folder;

    private Fixture f;

    @BeforeEach
    void open() {
        f = new Fixture(folder);
    }

    @AfterEach
    void close() {
        f.close();
    }

    @Test
    void refusesNewSessionsAndOrdersNothing() {
        f.transactions.away = true;
        assertCode(f::start, CommonError.SERVICE_AWAY);

        assertThat(f.services.sent).isEmpty();
        assertThat(f.services.journals.begun).isEmpty();
    }

    @Test
    void endsLaterWhatWasOverdueMeanwhile() {
        String id = f.connected().sessionId();
        f.engine.channels().detached(id, DataEnd.NODE);
        f.transactions.away = true;
        f.pass(60);
        assertCode(() -> f.engine.sweep().endOverdue(), CommonError.SERVICE_AWAY);
        assertThat(f.services.ended).isEmpty();

        f.transactions.away = false;
        f.sweepAfter(1);
        assertThat(f.row(id).cause()).contains(EndCause.NODE_LOST);
        assertThat(f.services.ended).hasSize(1);
    }

    @Test
    void makesUpForReportsThatWereLost() {
        String back = f.connected().sessionId();
        String gone = f.connected().sessionId();
        f.engine.channels().detached(back, DataEnd.NODE);
        f.transactions.away = true;
        f.hold(back);
        assertCode(() -> f.engine.channels().attached(back, DataEnd.NODE), CommonError.SERVICE_AWAY);
        assertCode(() -> f.engine.channels().detached(gone, DataEnd.NODE), CommonError.SERVICE_AWAY);

        f.transactions.away = false;
        f.engine.sweep().reconcile();
        assertThat(f.row(back).state()).isEqualTo(SessionState.CONNECTED);
        assertThat(f.row(gone).state()).isEqualTo(SessionState.DISCONNECTED);
    }

    @Test
    void closesASessionWithoutARecordAtOnceAndStoresWhyLater() {
        String id = f.connected().sessionId();
        f.transactions.away = true;
        f.engine.channels().recordingFailed(id, "disk full");
        String text = "The session ended because its record could not be kept: disk full";
        assertThat(f.services.ended).containsExactly(new FakeServices.Ended(id, text, true));
        assertCode(() -> f.engine.sweep().endOverdue(), CommonError.SERVICE_AWAY);

        f.transactions.away = false;
        f.sweepAfter(1);
        assertThat(f.row(id).cause()).contains(EndCause.RECORDING);
        assertThat(f.row(id).detail()).contains(text);
    }

    @Test
    void countsWhatWasTypedMeanwhile() {
        f.services.inputs = new SessionInputs(Optional.of(Duration.ofMinutes(1)), Optional.empty(), false);
        String id = f.connected().sessionId();
        f.transactions.away = true;
        f.pass(50);
        f.services.typed.put(id, f.clock.millis());
        f.pass(15);
        f.transactions.away = false;
        f.sweepAfter(0);

        assertThat(f.row(id).state()).isEqualTo(SessionState.CONNECTED);
    }

    @Test
    void leavesAnUnstoredReportToBeRepeated() {
        String id = f.connected().sessionId();
        f.services.sent.clear();
        f.transactions.away = true;
        assertCode(() -> f.engine.reports().fromNode(NODE_ID, NodeReport.of(id)), CommonError.SERVICE_AWAY);
        assertThat(f.services.sent).as("not acknowledged").isEmpty();

        f.transactions.away = false;
        f.engine.reports().fromNode(NODE_ID, NodeReport.of(id));
        assertThat(f.row(id).cause()).contains(EndCause.EXITED);
    }

    @Test
    void sealsLater() {
        String id = f.connected().sessionId();
        f.engine.ownership().terminate(ANN, id);
        f.transactions.away = true;
        assertCode(() -> f.engine.sealing().seal(), CommonError.SERVICE_AWAY);
        f.transactions.away = false;
        f.engine.sealing().seal();

        assertThat(f.services.journals.sealed).hasSize(1);
    }

    @Test
    void startsWithoutTheStoreAndServesOnceItIsThere() throws InterruptedException {
        f.transactions.away = true;
        SessionService service = new SessionService(f.transactions, (Schema) () -> 3, defaults());
        try {
            assertCode(() -> describe(service), CommonError.SERVICE_AWAY).hasMessageContaining("database");
            f.transactions.away = false;
            assertCode(() -> describe(service), CommonError.SERVICE_AWAY).hasMessageContaining("decision point");
        } finally {
            service.stop();
        }
    }

    @Test
    void endsNothingBeforeThePortsAreOpen() throws InterruptedException {
        String id = f.start().sessionId();
        f.transactions.run(c -> SessionTable.execute(c, "UPDATE sessions SET node_changed = 0 WHERE id = ?", id));
        SessionService service = new SessionService(f.transactions, (Schema) () -> 3, defaults());
        service.relay = f.services.relay();
        try {
            // Others ask it meanwhile, which opens the engine.
            await().during(Duration.ofMillis(2_500))
                    .until(() -> service.nodesInUse().contains(NODE_ID));

            service.ready(Condition.INSTANCE);
            await().until(() -> f.row(id).cause().equals(Optional.of(EndCause.NODE_SILENT)));
        } finally {
            service.stop();
        }
    }

    private static void describe(SessionService service) {
        service.describe(ANN, true, List.of(), PageRequest.first(1));
    }

    private static SessionConfig defaults() {
        return (SessionConfig) Proxy.newProxyInstance(
                SessionConfig.class.getClassLoader(),
                new Class<?>[] {SessionConfig.class},
                (proxy, method, arguments) -> method.getDefaultValue());
    }
}
