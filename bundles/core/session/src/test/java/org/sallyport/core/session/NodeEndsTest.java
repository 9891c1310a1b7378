package org.sallyport.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.api.session.EndCause;
import org.sallyport.api.session.SessionState;

@Tag("store")
class NodeEndsTest {
    @TempDir
    private Path folder;

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
    void allThatRunsOnANodeEndsWithTheCauseAndOthersGoOn() {
        f.services.known.add(Fixture.OTHER_ID);
        f.services.connected.add(Fixture.OTHER_ID);
        String connected = f.connected().sessionId();
        String starting = f.start().sessionId();
        String other = f.engine
                .starting()
                .start(Fixture.ANN, Fixture.request(Fixture.OTHER_ID))
                .sessionId();
        assertThat(f.engine.nodeEnds().nodesInUse()).containsExactlyInAnyOrder(Fixture.NODE_ID, Fixture.OTHER_ID);

        int ended = f.engine.nodeEnds().endOfNode(Fixture.NODE_ID, EndCause.NODE_REMOVED, "The node was deregistered.");

        assertThat(ended).isEqualTo(2);
        assertThat(f.row(connected).state()).isEqualTo(SessionState.TERMINATED);
        assertThat(f.row(connected).cause()).contains(EndCause.NODE_REMOVED);
        assertThat(f.row(starting).state()).isEqualTo(SessionState.FAILED);
        assertThat(f.row(other).state()).isEqualTo(SessionState.CONNECTING);
        assertThat(f.services.ended).contains(new FakeServices.Ended(connected, "The node was deregistered.", true));
        assertThat(f.engine.nodeEnds().nodesInUse()).containsExactly(Fixture.OTHER_ID);
        assertThat(f.engine.nodeEnds().endOfNode(Fixture.NODE_ID, EndCause.TIER, "again"))
                .isZero();
    }
}
