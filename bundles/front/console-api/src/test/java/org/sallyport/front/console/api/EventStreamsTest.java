package org.sallyport.front.console.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sallyport.api.access.AccessError;
import org.sallyport.api.error.ErrorCode;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.session.SessionState;

class EventStreamsTest {
    private final FakeServices services = new FakeServices();
    private final EventStreams streams = new EventStreams(services, 20);

    /** Writes down what it is told; blocks while told to. */
    private static final class Recorded implements Stream {
        private final List<String> told = new CopyOnWriteArrayList<>();
        private final CountDownLatch reads = new CountDownLatch(1);
        private volatile boolean open = true;
        private volatile boolean blocks;
        private volatile boolean blocked;

        @Override
        public boolean open() {
            return open;
        }

        @Override
        public void changed(String event, Collection<String> ids) {
            if (blocks) {
                blocked = true;
                try {
                    reads.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            told.add(event + " " + ids);
        }

        @Override
        public void heartbeat() {
            told.add("heartbeat");
        }

        @Override
        public void close() {
            open = false;
        }
    }

    @AfterEach
    void close() {
        streams.close();
    }

    private Caller caller(String name) {
        return caller(name, "first");
    }

    private Caller caller(String name, String browser) {
        String token = services.session(name, browser);
        return new Caller(token, services.webSessions().find(token), org.sallyport.api.access.Origin.NONE);
    }

    private Recorded opened() {
        return opened("first");
    }

    private Recorded opened(String browser) {
        Recorded stream = new Recorded();
        streams.open(caller("admin", browser), stream);
        return stream;
    }

    @Test
    void whatChangedIsToldAndWhatStayedIsNot() {
        Recorded stream = opened();

        services.nodes.set(0, FakeServices.node(false));
        await().until(() -> stream.told.contains("nodes [" + FakeServices.NODE + "]"));
        services.sessions.add(FakeServices.session("admin-9", SessionState.CONNECTING));
        await().until(() -> stream.told.contains("sessions [admin-9]"));
        services.sessions.remove(0);
        await().until(() -> stream.told.contains("sessions [admin-1]"));

        assertThat(stream.told).hasSize(3);
    }

    @Test
    void aBrowserThatDoesNotReadHoldsUpNoOther() {
        List<Recorded> stuck = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Recorded stream = opened("browser " + i);
            stream.blocks = true;
            stuck.add(stream);
        }
        Recorded reading = opened("another");

        services.nodes.set(0, FakeServices.node(false));
        await().until(() -> reading.told.size() == 1);
        services.nodes.set(0, FakeServices.node(true));
        await().until(() -> reading.told.size() == 2);

        stuck.forEach(stream -> stream.reads.countDown());
        await().until(() -> stuck.stream().allMatch(stream -> stream.told.size() >= 1));
    }

    @Test
    void aStreamEndsWithItsSession() {
        Recorded stream = opened();

        services.webSessions().signOutEverywhere("token-of-admin");

        await().until(() -> !stream.open && streams.count() == 0);
    }

    @Test
    void aBrowserThatIsGoneIsForgotten() {
        Recorded stream = opened();

        stream.close();

        await().until(() -> streams.count() == 0);
    }

    @Test
    void onePersonHasSoManyStreamsOnly() {
        for (int i = 0; i < EventStreams.MOST_OF_PERSON; i++) {
            opened("browser " + i);
        }

        assertRefused(RequestError.STREAM_LIMIT, "admin");
        assertThat(streams.count()).isEqualTo(EventStreams.MOST_OF_PERSON);
    }

    @Test
    void aPageThatIsLoadedAgainTakesThePlaceOfItsOldStream() {
        Recorded last = opened();
        for (int i = 0; i < 3 * EventStreams.MOST_OF_PERSON; i++) {
            last = opened();
            await().until(() -> streams.count() < EventStreams.MOST_OF_PERSON);
        }

        await().until(() -> streams.count() == 1);
        assertThat(last.open).isTrue();
        Recorded newest = last;
        services.nodes.set(0, FakeServices.node(false));
        await().until(() -> newest.told.size() == 1);
    }

    @Test
    void aStreamThatNobodyReadsIsReplacedAtOnceAndEndsLater() {
        Recorded stuck = opened();
        stuck.blocks = true;
        services.nodes.set(0, FakeServices.node(false));
        await().until(() -> stuck.blocked);

        Recorded fresh = opened();
        services.nodes.set(0, FakeServices.node(true));
        await().until(() -> fresh.told.size() == 1);
        assertThat(stuck.open).isTrue();

        stuck.reads.countDown();
        await().until(() -> !stuck.open && streams.count() == 1);
    }

    @Test
    void streamsThatNobodyReadsAreBoundedThoughTheyAreReplaced() {
        List<Recorded> stuck = new ArrayList<>();
        for (int i = 0; i <= EventStreams.MOST_OF_PERSON; i++) {
            Recorded stream = opened();
            stream.blocks = true;
            stuck.add(stream);
            services.nodes.set(0, FakeServices.node(i % 2 == 1));
            await().until(() -> stream.blocked);
        }

        assertRefused(RequestError.STREAM_LIMIT, "admin");

        stuck.forEach(stream -> stream.reads.countDown());
        await().until(() -> streams.count() == 1);
        opened();
    }

    @Test
    void whoMayListNothingGetsNoStream() {
        assertRefused(AccessError.ACCESS_DENIED, "nobody");
    }

    @Test
    void whatIsAwayForAMomentEndsNoStream() {
        Recorded stream = opened();
        services.away = true;
        services.nodes.set(0, FakeServices.node(false));
        services.away = false;

        await().until(() -> stream.told.size() == 1);
        assertThat(streams.count()).isEqualTo(1);
    }

    private void assertRefused(ErrorCode code, String who) {
        assertThatThrownBy(() -> streams.open(caller(who), new Recorded()))
                .isInstanceOfSatisfying(
                        SallyportException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
