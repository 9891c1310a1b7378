package org.sallyport.core.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.core.session.Fixture.ANN;
import static org.sallyport.core.session.Fixture.BOB;
import static org.sallyport.core.session.Fixture.NODE_ID;
import static org.sallyport.core.session.Fixture.OTHER_ID;
import static org.sallyport.core.session.Fixture.assertCode;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.api.access.AccessError;
import org.sallyport.api.page.Page;
import org.sallyport.api.page.PageRequest;
import org.sallyport.api.session.EndCause;
import org.sallyport.api.session.SessionInfo;
import org.sallyport.api.session.SessionState;
import org.sallyport.api.session.Sessions.Filter;
import org.sallyport.kernel.session.DataEnd;
import org.sallyport.protocol.message.MessageTypes;
import org.sallyport.protocol.message.TaskComplete;

class EndingTest {
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
    void endsASessionWhoseNodeIsSilentForTenSeconds() {
        String id = f.start().sessionId();
        sweepAfter(9);
        assertThat(f.row(id).state()).isEqualTo(SessionState.CONNECTING);
        sweepAfter(1);
        assertEnded(id, SessionState.FAILED, EndCause.NODE_SILENT);
    }

    @Test
    void waitsLongerForANodeThatHasNoControlChannel() {
        String id = f.start().sessionId();
        f.services.connected.clear();
        sweepAfter(29);
        assertThat(f.row(id).state()).isEqualTo(SessionState.CONNECTING);
        sweepAfter(1);
        assertEnded(id, SessionState.FAILED, EndCause.NODE_SILENT);
    }

    @Test
    void endsASessionWhoseNodeStaysAway() {
        String id = f.connected().sessionId();
        f.engine.channels().detached(id, DataEnd.NODE);
        sweepAfter(29);
        assertThat(f.row(id).state()).isEqualTo(SessionState.DISCONNECTED);
        sweepAfter(1);
        assertEnded(id, SessionState.TERMINATED, EndCause.NODE_LOST);
    }

    @Test
    void endsASessionWhoseClientStaysAwayForTheResumeWindow() {
        String id = f.connected().sessionId();
        f.engine.channels().detached(id, DataEnd.CLIENT);
        sweepAfter(899);
        assertThat(f.row(id).state()).isEqualTo(SessionState.DISCONNECTED);
        sweepAfter(1);
        assertEnded(id, SessionState.TERMINATED, EndCause.CLIENT_LOST);
    }

    @Test
    void endsASessionWhoseClientNeverCame() {
        String id = f.start().sessionId();
        f.attachNode(id);
        sweepAfter(59);
        assertThat(f.row(id).state()).isEqualTo(SessionState.CONNECTING);
        sweepAfter(1);
        assertEnded(id, SessionState.FAILED, EndCause.CLIENT_LOST);
    }

    @Test
    void takesOverAfterARestartWhatIsAttachedNow() {
        String id = f.connected().sessionId();
        f.engine.sweep().reconcile();
        assertThat(f.row(id).state()).isEqualTo(SessionState.DISCONNECTED);
        f.services.attached.put(id, EnumSet.allOf(DataEnd.class));
        f.engine.sweep().reconcile();
        assertThat(f.row(id).state()).isEqualTo(SessionState.CONNECTED);
    }

    @Test
    void saysWhoEndedASession() {
        String own = f.connected().sessionId();
        String others = f.connected().sessionId();
        f.engine.ownership().terminate(ANN, own);
        f.engine.ownership().terminate(BOB, others);
        f.engine.ownership().terminate(ANN, others);

        assertEnded(own, SessionState.TERMINATED, EndCause.CLIENT);
        assertEnded(others, SessionState.TERMINATED, EndCause.TERMINATED);
        assertThat(f.services.ended)
                .containsExactly(
                        new FakeServices.Ended(own, "", true),
                        new FakeServices.Ended(others, "Session ended by " + BOB.arn(), true));
    }

    @Test
    void letsOneOfManyEndersWin() throws Exception {
        String id = f.connected().sessionId();
        Times times = Times.open(f.transactions, f.clock, () -> 0);
        Ending ending = new Ending(f.transactions, new SessionTable(), f.services, times);
        int enders = 8;
        CyclicBarrier together = new CyclicBarrier(enders);
        ExecutorService threads = Executors.newFixedThreadPool(enders);
        List<Future<Boolean>> answers = new ArrayList<>();
        try {
            for (int i = 0; i < enders; i++) {
                String detail = "ender " + i;
                answers.add(threads.submit(() -> {
                    together.await(10, TimeUnit.SECONDS);
                    return ending.end(id, EndCause.TERMINATED, detail);
                }));
            }
            List<String> winners = new ArrayList<>();
            for (int i = 0; i < enders; i++) {
                if (answers.get(i).get(20, TimeUnit.SECONDS)) {
                    winners.add("ender " + i);
                }
            }
            assertThat(winners).containsExactly(f.row(id).detail().orElseThrow());
            assertThat(f.services.ended).hasSize(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void resumesForTheOwnerOnlyAndGivesNoTokenWhenOver() {
        String id = f.connected().sessionId();
        assertCode(() -> f.engine.ownership().resume(BOB, id), AccessError.ACCESS_DENIED);
        assertThat(f.engine.ownership().resume(ANN, id).token()).isPresent();
        f.engine.ownership().terminate(ANN, id);
        assertThat(f.engine.ownership().resume(ANN, id).token()).isEmpty();
    }

    @Test
    void countsTheFirstReportAndAcknowledgesEach() {
        String id = f.connected().sessionId();
        f.services.sent.clear();
        f.engine.reports().fromNode(OTHER_ID, NodeReport.of(id, TaskComplete.FAILED, "not mine"));
        assertThat(f.row(id).state()).isEqualTo(SessionState.CONNECTED);
        f.engine.reports().fromNode(NODE_ID, NodeReport.of(id, TaskComplete.SUCCESS, ""));
        f.engine.reports().fromNode(NODE_ID, NodeReport.of(id, TaskComplete.FAILED, "late"));

        assertEnded(id, SessionState.TERMINATED, EndCause.EXITED);
        assertThat(f.services.sent)
                .extracting(s -> s.nodeId() + " " + s.message().type())
                .containsExactly(
                        OTHER_ID + " " + MessageTypes.AGENT_TASK_ACKNOWLEDGE,
                        NODE_ID + " " + MessageTypes.AGENT_TASK_ACKNOWLEDGE,
                        NODE_ID + " " + MessageTypes.AGENT_TASK_ACKNOWLEDGE);
    }

    @Test
    void neutralisesAndCutsWhatAFailedNodeSays() {
        String id = f.connected().sessionId();
        String hostile = "bad\u001b[2J\u202e\u0007\nline" + "x".repeat(5_000);
        f.engine.reports().fromNode(NODE_ID, NodeReport.of(id, TaskComplete.FAILED, hostile));

        assertEnded(id, SessionState.TERMINATED, EndCause.NODE_FAILED);
        assertThat(f.row(id).detail().orElseThrow())
                .startsWith("bad\ufffd[2J\ufffd\ufffd\nlinex")
                .hasSize(NodeMessages.MAX_TEXT);
    }

    @Test
    void tellsANodeThatComesBackWhatToEnd() {
        String id = f.connected().sessionId();
        f.engine.ownership().terminate(ANN, id);
        f.services.sent.clear();
        f.engine.reports().nodeConnected(NODE_ID);

        assertThat(f.services.sent).singleElement().satisfies(s -> {
            assertThat(s.message().type()).isEqualTo(MessageTypes.CHANNEL_CLOSED);
            assertThat(s.message().text()).contains(id);
        });
        f.engine.reports().fromNode(NODE_ID, NodeReport.of(id, TaskComplete.SUCCESS, ""));
        f.services.sent.clear();
        f.engine.reports().nodeConnected(NODE_ID);
        assertThat(f.services.sent).isEmpty();
    }

    @Test
    void listsNewestFirstInPagesAndByFilter() {
        String first = f.start().sessionId();
        f.pass(1);
        String second = f.start().sessionId();
        f.pass(1);
        String third = f.connected().sessionId();

        Page<SessionInfo> page = f.engine.listing().describe(ANN, true, List.of(), PageRequest.first(2));
        assertThat(page.items()).extracting(SessionInfo::id).containsExactly(third, second);
        assertThat(f.engine.listing().describe(ANN, true, List.of(), new PageRequest(2, page.nextToken())))
                .isEqualTo(new Page<>(List.of(f.row(first).info()), Optional.empty()));
        assertThat(ids(new Filter("Status", "Connected"))).containsExactly(third);
        assertThat(ids(new Filter("SessionId", second))).containsExactly(second);
        assertThat(ids(new Filter("Owner", BOB.arn()))).isEmpty();
        assertThat(ids(new Filter("InvokedBefore", "2026-03-01T10:00:00Z"))).containsExactly(first);
        assertThat(ids(new Filter("InvokedAfter", "2026-03-01T10:00:01Z"))).containsExactly(third, second);
        assertThat(ids(new Filter("Target", OTHER_ID))).isEmpty();
        assertThat(ids(new Filter("Text", second.toUpperCase(java.util.Locale.ROOT))))
                .containsExactly(second);
        assertThat(ids(new Filter("Text", "runshell"))).containsExactly(third, second, first);
        assertThat(ids(new Filter("Text", "%"))).isEmpty();
        assertThat(ids(new Filter("Text", "_"))).isEmpty();
    }

    private List<String> ids(Filter filter) {
        return f.engine.listing().describe(ANN, true, List.of(filter), PageRequest.first(10)).items().stream()
                .map(SessionInfo::id)
                .toList();
    }

    private void sweepAfter(long seconds) {
        f.sweepAfter(seconds);
    }

    private void assertEnded(String id, SessionState state, EndCause cause) {
        assertThat(f.row(id).state()).isEqualTo(state);
        assertThat(f.row(id).cause()).contains(cause);
    }
}
