package org.sallyport.core.session;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.sallyport.api.access.Principal;
import org.sallyport.api.access.PrincipalType;
import org.sallyport.api.error.ErrorCode;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.session.Sessions.StartRequest;
import org.sallyport.api.session.Sessions.Started;
import org.sallyport.core.access.RealAccess;
import org.sallyport.kernel.session.DataEnd;
import org.sallyport.kernel.session.SessionChannels.Attachment;
import org.sallyport.kernel.session.SessionChannels.OpenRequest;
import org.sallyport.test.database.SettableClock;
import org.sallyport.test.stores.TestStore;

/** The engine on the real store with fake neighbours and a clock that stands. */
final class Fixture implements AutoCloseable {
    static final String NODE_ID = "mi-0123456789abcdef0";
    static final String OTHER_ID = "mi-0fedcba9876543210";
    static final String NODE_ARN = "arn:aws:ssm:onprem-1:123456789012:managed-instance/" + NODE_ID;
    static final Principal ANN = user("ann", "AIDAANN");
    static final Principal BOB = user("bob", "AIDABOB");
    static final Principal NODE = node(NODE_ID);
    static final Principal OTHER_NODE = node(OTHER_ID);
    static final LimitSettings NO_LIMITS = new LimitSettings(Optional.empty(), Optional.empty(), Optional.empty());
    static final Settings SETTINGS = settings(NO_LIMITS, 100, 100, 100);

    final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T10:00:00Z"));
    final FakeServices services = new FakeServices();
    private final TestStore store = TestStore.ofBundle(SessionService.PID);
    final FlakyTransactions transactions = new FlakyTransactions(store);
    Settings settings = SETTINGS;
    Engine engine;
    private long steady = 7;

    Fixture(Path folder) {
        services.known.add(NODE_ID);
        services.connected.add(NODE_ID);
        open();
    }

    /** The real core/access on the same store, in the place of the fake decisions. */
    RealAccess realAccess() {
        store.migrate("org.sallyport.core.access", Path.of("../access/src/main/resources/migrations"));
        RealAccess access = new RealAccess(store, services, services, clock);
        services.decider = access.decisions();
        services.live = access.live();
        return access;
    }

    static Settings settings(LimitSettings limits, int maxSessions, int maxPerNode, int maxPerOwner) {
        return new Settings(
                Duration.ofSeconds(900), Duration.ofSeconds(30), limits, maxSessions, maxPerNode, maxPerOwner, false);
    }

    /** Another life of the server on the same store: nothing is attached, and its steady time begins anywhere. */
    void restart(Duration down) {
        engine.sweep().keepTime();
        killAndRestart(down);
    }

    /** As {@link #restart} without an orderly stop. */
    void killAndRestart(Duration down) {
        services.attached.clear();
        services.typed.clear();
        clock.advance(down);
        steady = -1_000_000;
        open();
        engine.sweep().reconcile();
    }

    /** The system clock is set; no time passes. */
    void jump(Duration by) {
        clock.advance(by);
    }

    /** The relay holds both ends of a session, as reconciling asks it. */
    void hold(String id) {
        services.attached.put(id, EnumSet.allOf(DataEnd.class));
    }

    /** Both ends of a session come back. */
    void connect(String id) {
        engine.channels().attached(id, DataEnd.CLIENT);
        engine.channels().attached(id, DataEnd.NODE);
    }

    private void open() {
        engine = Engine.open(transactions, services, () -> settings, clock, () -> steady);
    }

    static StartRequest request(String target) {
        return new StartRequest(target, Optional.empty(), Optional.empty(), Map.of());
    }

    Started start() {
        return engine.starting().start(ANN, request(NODE_ID));
    }

    /** A session with both ends attached. */
    Started connected() {
        Started started = start();
        openClient(started.sessionId(), started.token().orElseThrow(), "c1");
        engine.channels().attached(started.sessionId(), DataEnd.CLIENT);
        attachNode(started.sessionId());
        return started;
    }

    void attachNode(String id) {
        openNode(id, engine.channels().createDataChannel(NODE, id), NODE);
        engine.channels().attached(id, DataEnd.NODE);
    }

    Attachment openClient(String id, String token, String clientId) {
        return engine.channels().attach(new OpenRequest(id, token, clientId, Optional.empty(), Optional.empty()));
    }

    Attachment takeOver(String id, String token, String clientId, String takesOver) {
        return engine.channels()
                .attach(new OpenRequest(
                        id, token, clientId, Optional.empty(), Optional.empty(), Optional.of(takesOver)));
    }

    Attachment openNode(String id, String token, Principal node) {
        return engine.channels().attach(new OpenRequest(id, token, "", Optional.empty(), Optional.of(node)));
    }

    SessionRow row(String id) {
        return transactions.run(c -> new SessionTable().find(c, id)).orElseThrow();
    }

    /** One turn of the sweep after that time. */
    void sweepAfter(long seconds) {
        pass(seconds);
        engine.sweep().endOverdue();
    }

    void pass(long seconds) {
        clock.advance(Duration.ofSeconds(seconds));
        steady += seconds * 1_000;
    }

    static AbstractThrowableAssert<?, ? extends Throwable> assertCode(ThrowingCallable call, ErrorCode code) {
        return assertThatThrownBy(call)
                .isInstanceOfSatisfying(SallyportException.class, e -> Assertions.assertThat(e.code())
                        .isEqualTo(code));
    }

    @Override
    public void close() {
        store.close();
    }

    private static Principal user(String name, String id) {
        return new Principal("123456789012", PrincipalType.USER, id, name, "arn:aws:iam::123456789012:user/" + name);
    }

    private static Principal node(String id) {
        return new Principal(
                "123456789012",
                PrincipalType.NODE,
                "AROANODE:" + id,
                id,
                "arn:aws:sts::123456789012:assumed-role/role/" + id);
    }
}
