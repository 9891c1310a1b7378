package org.sallyport.core.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.core.session.Fixture.ANN;
import static org.sallyport.core.session.Fixture.NODE_ID;
import static org.sallyport.core.session.Fixture.assertCode;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.api.document.SessionInputs;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.session.EndCause;
import org.sallyport.api.session.SessionError;
import org.sallyport.api.session.SessionState;
import org.sallyport.kernel.recording.Journals.Head;

class RecordingTest {
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
    void beginsTheJournalBeforeTheNodeIsTold() {
        f.services.inputs = new SessionInputs(Optional.empty(), Optional.empty(), true);
        f.services.journals.whenBegun = () -> assertThat(f.services.sent).isEmpty();

        String id = f.start().sessionId();

        assertThat(f.services.journals.begun)
                .containsExactly(new Head(
                        id,
                        NODE_ID,
                        ANN.id(),
                        ANN.arn(),
                        "SSM-SessionManagerRunShell",
                        "Standard_Stream",
                        f.clock.instant(),
                        true));
        assertThat(f.services.sent).hasSize(1);
    }

    @Test
    void callsNoJournalInsideOfATransaction() {
        f.services.journals.whenBegun =
                () -> assertThat(f.transactions.active()).isFalse();
        f.services.journals.whenSealed =
                () -> assertThat(f.transactions.active()).isFalse();
        ended();
        f.engine.sealing().seal();

        assertThat(f.services.journals.sealed).hasSize(1);
    }

    @Test
    void startsNoSessionWithoutARecordAndLeavesNothing() {
        f.services.journals.failure = new SallyportException(SessionError.RECORDING_IMPOSSIBLE, "disk full");
        assertCode(f::start, SessionError.RECORDING_IMPOSSIBLE).hasMessage("The session is not started: disk full");
        f.services.journals.failure = new IllegalStateException("bug");
        assertCode(f::start, SessionError.RECORDING_IMPOSSIBLE).hasMessageContaining("record cannot be kept");
        f.services.recording = false;
        assertCode(f::start, CommonError.SERVICE_AWAY);

        assertThat(f.services.sent).isEmpty();
        assertThat(rows("sessions")).isZero();
        assertThat(rows("session_tokens")).isZero();
    }

    @Test
    void endsWhatCannotBeForgottenWhenTheStoreGoesWithTheDisk() {
        f.services.journals.failure = new SallyportException(SessionError.RECORDING_IMPOSSIBLE, "disk full");
        f.services.journals.whenBegun = () -> f.transactions.away = true;
        assertCode(f::start, SessionError.RECORDING_IMPOSSIBLE);

        f.transactions.away = false;
        f.sweepAfter(10);
        assertThat(f.transactions.<Long>run(c -> new SessionTable().count(c, States.in(States.LIVE))))
                .isZero();
    }

    @Test
    void goesOnWithWhatRunsWhileRecordingIsAway() {
        String id = f.connected().sessionId();
        f.services.recording = false;
        f.hold(id);
        f.engine.sweep().reconcile();
        f.sweepAfter(1);

        assertThat(f.row(id).state()).isEqualTo(SessionState.CONNECTED);
    }

    @Test
    void endsASessionWhoseRecordFailsAndSaysSo() {
        String id = f.connected().sessionId();
        f.engine.channels().recordingFailed(id, "the disk is full\u001b[2J");

        assertThat(f.row(id).cause()).contains(EndCause.RECORDING);
        String text = "The session ended because its record could not be kept: the disk is full\ufffd[2J";
        assertThat(f.services.ended).containsExactly(new FakeServices.Ended(id, text, true));
    }

    @Test
    void sealsOnceTheRelayHoldsNothingMore() {
        String id = ended();
        Instant end = Instant.ofEpochMilli(f.row(id).endedAt().orElseThrow());
        f.hold(id);
        f.engine.sealing().seal();
        assertThat(f.services.journals.sealed).isEmpty();

        f.services.attached.clear();
        f.engine.sealing().seal();
        f.engine.sealing().seal();
        assertThat(f.services.journals.sealed).containsExactly(new FakeJournals.Sealed(id, "CLIENT", end));
        assertThat(f.transactions.<Long>run(c -> new SessionTable()
                        .count(c, "sealed AND record_bytes = 4096 AND record_digest = ?", "d".repeat(64))))
                .isEqualTo(1);
    }

    @Test
    void tellsTheAuditTrailOfAnEndBeforeItSealsAndOnce() {
        String id = f.start().sessionId();
        f.engine.ownership().terminate(ANN, id);
        f.services.auditing = false;
        f.engine.sealing().seal();
        assertThat(f.services.journals.sealed).isEmpty();

        f.services.auditing = true;
        f.services.journals.unsealable = List.of(id);
        f.pass(31);
        f.engine.sealing().seal();
        f.pass(31);
        f.engine.sealing().seal();
        f.services.journals.unsealable = List.of();
        f.pass(31);
        f.engine.sealing().seal();

        assertThat(f.services.journals.sealed).hasSize(1);
        assertThat(f.services.audited).singleElement().satisfies(event -> {
            assertThat(event.subject().name()).isEqualTo("SessionEnd");
            assertThat(event.parameters())
                    .containsEntry("sessionId", id)
                    .containsEntry("cause", "CLIENT")
                    .containsEntry("ownerArn", ANN.arn());
        });
    }

    @Test
    void sealsNoLiveSession() {
        f.connected();
        f.engine.sealing().seal();

        assertThat(f.services.journals.sealed).isEmpty();
    }

    @Test
    void sealsAfterARestartWhatItCouldNotSealBefore() {
        String id = ended();
        f.services.journals.failure = new SallyportException(SessionError.RECORDING_IMPOSSIBLE, "disk full");
        f.engine.sealing().seal();
        f.services.journals.failure = null;
        f.engine.sealing().seal();
        assertThat(f.services.journals.sealed).as("not at once again").isEmpty();
        f.pass(30);
        f.engine.sealing().seal();
        assertThat(f.services.journals.sealed).hasSize(1);

        String other = ended();
        f.restart(Duration.ofHours(1));
        f.engine.sealing().seal();
        assertThat(f.services.journals.sealed)
                .extracting(FakeJournals.Sealed::sessionId)
                .containsExactly(id, other);
    }

    @Test
    void holdsNoOtherUpWithThoseThatFail() {
        for (int i = 0; i <= Sealing.BATCH; i++) {
            ended();
        }
        f.services.journals.unsealable = f.services.journals.begun.stream()
                .map(Head::sessionId)
                .sorted()
                .limit(Sealing.BATCH)
                .toList();
        f.engine.sealing().seal();
        assertThat(f.services.journals.sealed).isEmpty();
        f.engine.sealing().seal();

        assertThat(f.services.journals.sealed).hasSize(1);
    }

    private String ended() {
        String id = f.connected().sessionId();
        f.engine.ownership().terminate(ANN, id);
        return id;
    }

    private long rows(String table) {
        return f.transactions.run(c -> {
            try (var s = c.prepareStatement("SELECT COUNT(*) FROM " + table);
                    var r = s.executeQuery()) {
                r.next();
                return r.getLong(1);
            }
        });
    }
}
