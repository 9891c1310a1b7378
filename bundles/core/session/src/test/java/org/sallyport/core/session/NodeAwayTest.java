package org.sallyport.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.api.session.EndCause;
import org.sallyport.kernel.session.DataEnd;
import org.sallyport.protocol.message.SessionNotice;

class NodeAwayTest {
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
    void tellsThePersonOnceThatTheNodeIsAwayAndThatItIsBack() {
        String id = f.connected().sessionId();
        f.engine.channels().detached(id, DataEnd.NODE);
        f.sweepAfter(1);
        assertThat(f.services.notices).isEmpty();
        f.sweepAfter(1);
        f.sweepAfter(1);
        assertThat(f.services.notices)
                .containsExactly(
                        new FakeServices.Noticed(
                                id,
                                new SessionNotice(
                                        SessionNotice.NODE_AWAY,
                                        28,
                                        "The node's connection is lost. The session ends in 28 seconds unless it comes back.")));

        f.engine.channels().attached(id, DataEnd.NODE);
        f.engine.channels().attached(id, DataEnd.NODE);
        assertThat(kinds()).containsExactly("NodeAway 28", "NodeBack 0");

        f.engine.channels().detached(id, DataEnd.NODE);
        f.sweepAfter(2);
        assertThat(kinds()).containsExactly("NodeAway 28", "NodeBack 0", "NodeAway 28");
    }

    @Test
    void saysNothingOfShortCuts() {
        String id = f.connected().sessionId();
        f.engine.channels().detached(id, DataEnd.NODE);
        f.sweepAfter(1);
        f.engine.channels().attached(id, DataEnd.NODE);
        f.sweepAfter(5);

        assertThat(f.services.notices).isEmpty();
    }

    @Test
    void saysNothingWhenTheNodeIsBackAndItsReportLate() {
        String id = f.connected().sessionId();
        f.engine.channels().detached(id, DataEnd.NODE);
        f.hold(id);
        f.sweepAfter(2);

        assertThat(f.services.notices).isEmpty();
    }

    @Test
    void tellsWhoComesBackWhileTheNodeIsAway() {
        String id = f.connected().sessionId();
        f.engine.channels().detached(id, DataEnd.NODE);
        f.sweepAfter(2);
        f.engine.channels().detached(id, DataEnd.CLIENT);
        f.sweepAfter(8);
        assertThat(kinds()).containsExactly("NodeAway 28");
        f.engine.channels().attached(id, DataEnd.CLIENT);
        f.sweepAfter(0);

        assertThat(kinds()).containsExactly("NodeAway 28", "NodeAway 20");
    }

    @Test
    void saysNothingBeforeTheSessionWasConnected() {
        String id = f.start().sessionId();
        f.engine.channels().createDataChannel(Fixture.NODE, id);
        f.engine.channels().attached(id, DataEnd.CLIENT);
        f.sweepAfter(5);

        assertThat(f.services.notices).isEmpty();
    }

    @Test
    void tellsWhyTheSessionEndedAtLast() {
        String id = f.connected().sessionId();
        f.engine.channels().detached(id, DataEnd.NODE);
        f.sweepAfter(30);

        assertThat(f.row(id).cause()).contains(EndCause.NODE_LOST);
        assertThat(f.services.ended)
                .containsExactly(
                        new FakeServices.Ended(id, "The node lost its connection for more than 30 seconds.", true));
    }

    private List<String> kinds() {
        return f.services.notices.stream()
                .map(n -> n.notice().kind() + " " + n.notice().seconds())
                .toList();
    }
}
