package org.sallyport.core.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.core.session.Fixture.ANN;
import static org.sallyport.core.session.Fixture.NODE_ARN;
import static org.sallyport.core.session.Fixture.NODE_ID;
import static org.sallyport.core.session.Fixture.OTHER_ID;
import static org.sallyport.core.session.Fixture.assertCode;
import static org.sallyport.core.session.Fixture.request;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.api.access.AccessError;
import org.sallyport.api.session.SessionError;
import org.sallyport.api.session.Sessions.StartRequest;
import org.sallyport.spi.node.TierPolicy;

class StartingTest {
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
    void decidesOnNodeAndNamedDocumentBeforeAnyLookUp() {
        f.engine.starting().start(ANN, new StartRequest(NODE_ID, Optional.of("Doc"), Optional.empty(), Map.of()));

        assertThat(f.services.calls)
                .containsExactly(
                        "decide ssm:StartSession " + NODE_ARN,
                        "decide ssm:StartSession arn:aws:ssm:onprem-1:123456789012:document/Doc",
                        "resolve Doc",
                        "find " + NODE_ID,
                        "tier " + NODE_ID,
                        "order " + NODE_ID);
    }

    @Test
    void looksNothingUpForWhoMayNot() {
        f.services.forbidden.add("ssm:StartSession");

        assertCode(() -> f.engine.starting().start(ANN, request(NODE_ID)), AccessError.ACCESS_DENIED);
        assertCode(() -> f.engine.starting().start(ANN, request(OTHER_ID)), AccessError.ACCESS_DENIED);
        assertThat(f.services.calls).hasSize(2).allMatch(call -> call.startsWith("decide "));
    }

    @Test
    void refusesUnknownAndUnconnectedTargetsAlike() {
        assertCode(() -> f.engine.starting().start(ANN, request(OTHER_ID)), SessionError.TARGET_NOT_CONNECTED);
        f.services.known.add(OTHER_ID);
        assertCode(() -> f.engine.starting().start(ANN, request(OTHER_ID)), SessionError.TARGET_NOT_CONNECTED)
                .hasMessage(OTHER_ID + " is not connected.");
    }

    @Test
    void leavesNoLiveSessionWhenTheOrderDoesNotReachTheNode() {
        f.services.reachable = false;

        assertCode(f::start, SessionError.TARGET_NOT_CONNECTED);
        assertThat(f.transactions.<Long>run(c -> new SessionTable().count(c, States.in(States.LIVE))))
                .isZero();
    }

    @Test
    void refusesWhatTheTierRefuses() {
        f.services.refusal = Optional.of(new TierPolicy.Refusal("BadRequest", "Enable advanced-instances tier"));

        assertCode(f::start, SessionError.TIER_REFUSED).hasMessage("Enable advanced-instances tier");
        assertThat(f.services.sent).isEmpty();
    }

    @Test
    void keepsTheLimitsOfServerNodeAndOwner() {
        f.start();

        f.settings = limits(1, 9, 9);
        assertCode(f::start, SessionError.SESSION_LIMIT).hasMessageContaining("The server already has 1");
        f.settings = limits(9, 1, 9);
        assertCode(f::start, SessionError.SESSION_LIMIT).hasMessageContaining("The node already has 1");
        f.settings = limits(9, 9, 1);
        assertCode(f::start, SessionError.SESSION_LIMIT).hasMessageContaining("You already have 1");
        assertThat(f.engine.starting().start(Fixture.BOB, request(NODE_ID)).token())
                .isPresent();
    }

    private static Settings limits(int server, int node, int owner) {
        return Fixture.settings(Fixture.NO_LIMITS, server, node, owner);
    }
}
