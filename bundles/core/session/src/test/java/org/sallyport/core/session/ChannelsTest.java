package org.sallyport.core.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.core.session.Fixture.assertCode;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.api.access.AccessError;
import org.sallyport.api.session.SessionError;
import org.sallyport.api.session.SessionState;
import org.sallyport.api.session.Sessions.Started;
import org.sallyport.kernel.session.DataEnd;

class ChannelsTest {
    @TempDir
    Path folder;

    private Fixture f;
    private Started started;
    private String id;
    private String token;

    @BeforeEach
    void open() {
        f = new Fixture(folder);
        started = f.start();
        id = started.sessionId();
        token = started.token().orElseThrow();
    }

    @AfterEach
    void close() {
        f.close();
    }

    @Test
    void opensOnceWithAToken() {
        assertThat(f.openClient(id, token, "c1").end()).isEqualTo(DataEnd.CLIENT);

        assertCode(() -> f.openClient(id, token, "c1"), SessionError.TOKEN_REFUSED);
    }

    @Test
    void refusesATokenAfterSixtySecondsAndNotBefore() {
        Started other = f.start();
        f.pass(59);
        assertThat(f.openClient(id, token, "c1").nodeId()).isEqualTo(Fixture.NODE_ID);
        f.pass(1);

        assertCode(
                () -> f.openClient(other.sessionId(), other.token().orElseThrow(), "c1"), SessionError.TOKEN_REFUSED);
    }

    @Test
    void refusesATokenOfAnotherSessionOrEnd() {
        Started other = f.start();
        String nodeToken = f.engine.channels().createDataChannel(Fixture.NODE, id);

        assertCode(() -> f.openClient(other.sessionId(), token, "c1"), SessionError.TOKEN_REFUSED);
        assertCode(() -> f.openClient(id, nodeToken, "c1"), SessionError.TOKEN_REFUSED);
        assertCode(() -> f.openNode(id, token, Fixture.NODE), SessionError.TOKEN_REFUSED);
        assertCode(() -> f.openNode(id, nodeToken, Fixture.OTHER_NODE), SessionError.TOKEN_REFUSED);
        assertCode(() -> f.openNode(id, token, Fixture.BOB), SessionError.TOKEN_REFUSED);
        assertThat(f.openNode(id, nodeToken, Fixture.NODE).end()).isEqualTo(DataEnd.NODE);
    }

    @Test
    void bindsTheSessionToTheFirstClientId() {
        f.openClient(id, token, "c1");
        String next = f.engine.ownership().resume(Fixture.ANN, id).token().orElseThrow();

        assertCode(() -> f.openClient(id, next, "c2"), SessionError.TOKEN_REFUSED);
        assertThat(f.openClient(id, next, "c1").sessionId()).isEqualTo(id);
    }

    @Test
    void whoNamesTheClientThatHasTheSessionTakesItOverAndTheOtherIsOut() {
        f.openClient(id, token, "c1");

        assertThat(f.takeOver(id, resumed(), "c2", "c1").end()).isEqualTo(DataEnd.CLIENT);

        assertThat(f.takeOver(id, resumed(), "c2", "c1").end()).isEqualTo(DataEnd.CLIENT);
        assertCode(() -> f.openClient(id, resumed(), "c1"), SessionError.TOKEN_REFUSED)
                .hasMessageContaining("another terminal");
        assertCode(() -> f.takeOver(id, resumed(), "c3", "c1"), SessionError.TOKEN_REFUSED);
        assertThat(f.openClient(id, resumed(), "c2").sessionId()).isEqualTo(id);
    }

    @Test
    void whoDoesNotKnowTheClientThatHasTheSessionDoesNotGetIt() {
        f.openClient(id, token, "c1");

        assertCode(() -> f.takeOver(id, resumed(), "c2", "guessed"), SessionError.TOKEN_REFUSED);
        assertCode(() -> f.takeOver(id, resumed(), "c2", ""), SessionError.TOKEN_REFUSED);
        assertCode(() -> f.takeOver(id, resumed(), "", "c1"), SessionError.TOKEN_REFUSED);
        assertCode(() -> f.takeOver(id, "no token", "c2", "c1"), SessionError.TOKEN_REFUSED);
        assertThat(f.openClient(id, resumed(), "c1").sessionId()).isEqualTo(id);
    }

    @Test
    void aClientWithoutAnIdCannotBeTakenOver() {
        f.openClient(id, token, "");

        assertCode(() -> f.takeOver(id, resumed(), "c2", "-"), SessionError.TOKEN_REFUSED);
        assertCode(() -> f.takeOver(id, resumed(), "c2", ""), SessionError.TOKEN_REFUSED);
    }

    private String resumed() {
        return f.engine.ownership().resume(Fixture.ANN, id).token().orElseThrow();
    }

    @Test
    void bindsAClientWithoutAnIdToNone() {
        f.openClient(id, token, "");
        String next = f.engine.ownership().resume(Fixture.ANN, id).token().orElseThrow();

        assertCode(() -> f.openClient(id, next, "c2"), SessionError.TOKEN_REFUSED);
        assertThat(f.openClient(id, next, "").sessionId()).isEqualTo(id);
    }

    /** Answers of two requests may arrive in either order, and one of them not at all. */
    @Test
    void anEarlierTokenStaysValidUntilOneOfThemIsUsed() {
        String second = resumed();
        String third = resumed();

        assertThat(f.openClient(id, second, "c1").sessionId()).isEqualTo(id);
        assertCode(() -> f.openClient(id, third, "c1"), SessionError.TOKEN_REFUSED);
        assertCode(() -> f.openClient(id, token, "c1"), SessionError.TOKEN_REFUSED);
    }

    @Test
    void onlyTheNewestTokensAreValid() {
        List<String> issued = new ArrayList<>(List.of(token));
        for (int i = 0; i < TokenTable.OUTSTANDING; i++) {
            f.pass(1);
            issued.add(resumed());
        }

        assertCode(() -> f.openClient(id, issued.get(0), "c1"), SessionError.TOKEN_REFUSED);
        assertThat(f.openClient(id, issued.get(1), "c1").sessionId()).isEqualTo(id);
    }

    @Test
    void givesADataChannelToTheTargetOnlyAndOnlyWhileTheSessionLives() {
        assertCode(() -> f.engine.channels().createDataChannel(Fixture.OTHER_NODE, id), AccessError.ACCESS_DENIED);
        assertCode(() -> f.engine.channels().createDataChannel(Fixture.ANN, id), AccessError.ACCESS_DENIED);
        f.engine.ownership().terminate(Fixture.ANN, id);

        assertCode(() -> f.engine.channels().createDataChannel(Fixture.NODE, id), SessionError.SESSION_OVER)
                .hasMessageContaining("Session is already terminated");
        assertCode(() -> f.openClient(id, token, "c1"), SessionError.SESSION_OVER);
    }

    @Test
    void isConnectedOnlyWhileBothEndsAreAttached() {
        f.engine.channels().attached(id, DataEnd.CLIENT);
        assertThat(f.row(id).state()).isEqualTo(SessionState.CONNECTING);
        f.engine.channels().attached(id, DataEnd.NODE);
        assertThat(f.row(id).state()).isEqualTo(SessionState.CONNECTED);
        f.engine.channels().detached(id, DataEnd.CLIENT);
        assertThat(f.row(id).state()).isEqualTo(SessionState.DISCONNECTED);
        f.engine.channels().attached(id, DataEnd.CLIENT);
        assertThat(f.row(id).state()).isEqualTo(SessionState.CONNECTED);
    }
}
