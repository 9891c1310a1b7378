package org.sallyport.core.relay;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.sallyport.api.access.Principal;
import org.sallyport.kernel.session.DataEnd;
import org.sallyport.kernel.session.SessionChannels.Attachment;
import org.sallyport.kernel.session.SessionChannels.OpenRequest;
import org.sallyport.protocol.message.OpenChannel;
import org.sallyport.protocol.message.SessionNotice;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All data channels: opens them with their tokens and pairs them by session. Any thread. */
final class DataChannels implements Opening.Sessions {
    /** Most connections that have not shown a good token yet; further upgrades are refused. */
    static final int MAX_OPENING = 4_096;

    private static final Logger LOG = LoggerFactory.getLogger(DataChannels.class);

    static final long TOKEN_LIMIT_MILLIS = 10_000;
    static final long TIDY_MILLIS = 60_000;
    static final long EMPTY_LIMIT_MILLIS = 3_600_000;

    private final Map<String, PairedSession> sessions = new ConcurrentHashMap<>();
    private final AtomicInteger opening = new AtomicInteger();
    private final EndTexts endTexts;
    private final Executor lanes;
    private final Executor journals;
    private final Timer timer;
    private final Calls calls;
    private final Neighbours neighbours;
    private final SessionReports reports;

    DataChannels(Executor lanes, Executor journals, Timer timer, Calls calls, Neighbours neighbours) {
        this.lanes = lanes;
        this.journals = journals;
        this.timer = timer;
        this.calls = calls;
        this.neighbours = neighbours;
        this.reports = new SessionReports(calls, neighbours);
        this.endTexts = new EndTexts(timer);
        timer.after(TIDY_MILLIS, this::tidy);
    }

    DataChannel accept(String sessionId, Optional<Principal> signer) {
        return new DataChannel(sessionId, signer, this, timer);
    }

    boolean full() {
        return opening.get() >= MAX_OPENING;
    }

    /** Counts connections without a good token. */
    void opening(int change) {
        opening.addAndGet(change);
    }

    /** Takes the token of a channel's first message, on a call thread. */
    void open(DataChannel channel, OpenChannel opening) {
        channel.notices(opening.notices());
        channel.client(opening.clientId().orElse(""), opening.takesOver().isPresent());
        OpenRequest request = new OpenRequest(
                channel.sessionId(),
                opening.tokenValue(),
                opening.clientId().orElse(""),
                opening.clientVersion(),
                channel.signer(),
                opening.takesOver());
        boolean posted = calls.post(
                channel.sessionId(),
                "opening a data channel of session " + channel.sessionId(),
                new Opening(channel, request, neighbours, reports, this),
                TOKEN_LIMIT_MILLIS,
                () -> channel.refuse("The server cannot check the session now. Start it again in a moment."));
        if (!posted) {
            channel.refuse("The server has too much to do. Start the session again in a moment.");
        }
    }

    void end(String sessionId, String text, boolean tellNode) {
        endTexts.put(sessionId, text, tellNode);
        PairedSession session = sessions.get(sessionId);
        if (session != null) {
            session.lane().execute(() -> session.end(text, tellNode));
        }
    }

    Set<DataEnd> attached(String sessionId) {
        PairedSession session = sessions.get(sessionId);
        return session == null ? Set.of() : session.attached();
    }

    /** Sessions of which anything is here. */
    int count() {
        return sessions.size();
    }

    boolean holds(String sessionId) {
        return sessions.containsKey(sessionId);
    }

    OptionalLong lastTyped(String sessionId) {
        PairedSession session = sessions.get(sessionId);
        return session == null ? OptionalLong.empty() : session.lastTyped();
    }

    void notice(String sessionId, SessionNotice notice) {
        PairedSession session = sessions.get(sessionId);
        if (session != null) {
            session.lane().execute(() -> session.notice(notice));
        }
    }

    /**
     * The server stops: both ends keep what is not acknowledged and come back. Blocks until what waits for the journals is written, for
     * {@code limitMillis} at most; what is not is sent again by its end.
     */
    void stop(long limitMillis) {
        List<PairedSession> all = List.copyOf(sessions.values());
        CountDownLatch written = new CountDownLatch(all.size());
        all.forEach(s -> s.lane().execute(() -> s.disconnect(written::countDown)));
        try {
            if (!written.await(limitMillis, TimeUnit.MILLISECONDS)) {
                LOG.warn("the journals of {} sessions were not closed in time", written.getCount());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public Optional<PairedSession> find(String sessionId) {
        return Optional.ofNullable(sessions.get(sessionId));
    }

    @Override
    public PairedSession add(Attachment first, OpenJournal journal) {
        String id = first.sessionId();
        Lane lane = new Lane(LogContext.on(lanes, first.sessionId()));
        Passage passage = new Passage(first, journal, journals, lane, timer, neighbours, reports);
        PairedSession session = new PairedSession(id, passage, lane, timer, reports, this::closed);
        sessions.put(id, session);
        return session;
    }

    @Override
    public Optional<String> endText(String sessionId) {
        return endTexts.get(sessionId).map(EndTexts.End::text);
    }

    @Override
    public void attach(PairedSession session, DataChannel channel, Attachment attachment) {
        session.lane().execute(() -> session.attach(channel, attachment.end()));
        endTexts.get(attachment.sessionId())
                .ifPresent(e -> session.lane().execute(() -> session.end(e.text(), e.tellNode()))); // ended meanwhile
    }

    private void closed(PairedSession session) {
        sessions.remove(session.id(), session);
    }

    /** Forgets old texts, and sessions whose two ends are away for an hour: core/session has ended such long ago. */
    private void tidy() {
        endTexts.forgetOld();
        long limit = timer.millis() - EMPTY_LIMIT_MILLIS;
        sessions.values().stream().filter(s -> s.emptySince() < limit).forEach(s -> s.lane()
                .execute(() -> s.end("", false)));
        timer.after(TIDY_MILLIS, this::tidy);
    }
}
