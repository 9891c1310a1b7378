package org.sallyport.agent.session;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.sallyport.agent.server.ChannelGateway;
import org.sallyport.agent.shell.Leftovers;
import org.sallyport.agent.shell.ShellAccount;
import org.sallyport.agent.shell.ShellException;
import org.sallyport.protocol.message.SessionTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sessions of this node. Any thread; no method blocks but {@link #close}.
 *
 * <p>Beside each session's own threads (one lane, three of its shell) up to 16, {@code sallyport-agent-connect-<n>}, ask the server for
 * tokens; their queue holds all tries of each session.
 */
public final class Sessions implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);
    private static final Pattern SESSION_ID = Pattern.compile("[A-Za-z0-9-]{1,96}");
    private static final int CONNECTS = 16;
    private static final int TRIES_OF_ONE = 3;
    private static final int REMEMBERED = 1024;
    private static final Duration STOP = Duration.ofSeconds(5);

    private final SessionLimits limits;
    private final SessionOwner owner;
    private final ThreadPoolExecutor connects;
    private final ShellSession.Node node;
    private final Map<String, ShellSession> running = new LinkedHashMap<>();
    private final Set<String> over = Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    });
    private boolean closed;

    public Sessions(
            String nodeId,
            ChannelGateway gateway,
            ShellAccount accounts,
            Leftovers leftovers,
            SessionLimits limits,
            SessionOwner owner) {
        this.limits = limits;
        this.owner = owner;
        AtomicInteger count = new AtomicInteger();
        this.connects = new ThreadPoolExecutor(
                CONNECTS,
                CONNECTS,
                10,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(TRIES_OF_ONE * limits.sessions()),
                work -> {
                    Thread thread = new Thread(work, "sallyport-agent-connect-" + count.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        connects.allowCoreThreadTimeOut(true);
        this.node = new ShellSession.Node(
                nodeId, gateway, connects, accounts, leftovers, limits, new SteadyMillis(), this::ended);
    }

    /**
     * Starts the session that the server ordered. An id that is running or was seen before is dropped without a word, since the order may
     * come twice; what cannot be run is reported as failed.
     */
    public void start(SessionTask task) {
        String id = task.sessionId();
        if (!SESSION_ID.matcher(id).matches()) {
            LOG.warn("An order to start a session is dropped: its id is not 1 to 96 letters, digits and dashes");
            return;
        }
        SavedSession ordered;
        try {
            ordered = SavedSession.begun(id, ShellDocument.parse(task.documentContent()));
        } catch (ShellException e) {
            LOG.warn("Session {}: refused: {}", id, e.getMessage());
            owner.ended(id, false, e.getMessage());
            return;
        }
        ShellSession session = new ShellSession(ordered, node);
        boolean full;
        synchronized (running) {
            if (closed || over.contains(id) || running.containsKey(id)) {
                LOG.info("Session {}: ordered again, dropped", id);
                return;
            }
            full = running.size() >= limits.sessions();
            if (!full) {
                running.put(id, session);
            }
        }
        if (full) {
            owner.ended(
                    id, false, "This node runs its %d sessions already; try again later".formatted(limits.sessions()));
        } else {
            session.goOn(ordered);
        }
    }

    /**
     * All sessions, standing still.
     *
     * @param sessions what is needed to go on with them
     * @param over ids of sessions that were, the oldest first
     */
    public record AllFrozen(List<SavedSession> sessions, List<String> over, Runnable thaw) {}

    /**
     * Lets all sessions stand still; orders are dropped from now on. Blocks up to five seconds.
     *
     * @throws IllegalStateException one of them does not come to rest; all go on
     */
    public AllFrozen freeze() throws InterruptedException {
        List<ShellSession> all;
        List<String> before;
        synchronized (running) {
            closed = true;
            all = List.copyOf(running.values());
            before = List.copyOf(over);
        }
        List<CompletableFuture<Optional<Frozen>>> freezing =
                all.stream().map(ShellSession::freeze).toList();
        try {
            CompletableFuture.allOf(freezing.toArray(CompletableFuture[]::new)).get(STOP.toSeconds(), TimeUnit.SECONDS);
            List<SavedSession> saved = freezing.stream()
                    .flatMap(one -> one.join().stream())
                    .map(Frozen::saved)
                    .toList();
            return new AllFrozen(saved, before, () -> thaw(freezing));
        } catch (ExecutionException | TimeoutException e) {
            thaw(freezing);
            throw new IllegalStateException("a session does not come to rest: " + e, e);
        }
    }

    private void thaw(List<CompletableFuture<Optional<Frozen>>> freezing) {
        synchronized (running) {
            closed = false;
        }
        freezing.forEach(one -> one.thenAccept(frozen -> frozen.ifPresent(Frozen::thaw)));
    }

    /** Goes on with the sessions of the agent that this process was before. Once, before any order. */
    public void inherit(List<SavedSession> saved, List<String> before) {
        List<ShellSession> made =
                saved.stream().map(one -> new ShellSession(one, node)).toList();
        synchronized (running) {
            over.addAll(before);
            for (int i = 0; i < made.size(); i++) {
                running.put(saved.get(i).id(), made.get(i));
            }
        }
        for (int i = 0; i < made.size(); i++) {
            made.get(i).goOn(saved.get(i));
        }
    }

    /** Reports a session of an agent that was killed; an order to start it comes too late. */
    public void wasLost(String sessionId) {
        synchronized (running) {
            over.add(sessionId);
        }
        owner.ended(
                sessionId, false, "The node's agent was killed or its machine restarted, and the shell ended with it.");
    }

    /** Ends a session; one that is not running is reported as over, as the server believes it runs. */
    public void terminate(String sessionId) {
        ShellSession session;
        synchronized (running) {
            session = running.get(sessionId);
        }
        if (session != null) {
            session.terminate("the server asked for it");
        } else if (SESSION_ID.matcher(sessionId).matches()) {
            owner.ended(sessionId, true, "");
        }
    }

    /** Ends all sessions and their processes; blocks up to five seconds. */
    @Override
    public void close() {
        List<ShellSession> all;
        synchronized (running) {
            closed = true;
            all = List.copyOf(running.values());
        }
        all.forEach(session -> session.terminate("the agent stops"));
        long end = System.nanoTime() + STOP.toNanos();
        synchronized (running) {
            long left = end - System.nanoTime();
            while (!running.isEmpty() && left > 0) {
                try {
                    TimeUnit.NANOSECONDS.timedWait(running, left);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    break;
                }
                left = end - System.nanoTime();
            }
        }
        connects.shutdownNow();
    }

    private void ended(String sessionId, boolean succeeded, String output) {
        owner.ended(sessionId, succeeded, output);
        synchronized (running) {
            running.remove(sessionId);
            over.add(sessionId);
            running.notifyAll();
        }
    }
}
