package org.sallyport.agent.control;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.sallyport.agent.identity.Identity;
import org.sallyport.agent.identity.IdentityKeeper;
import org.sallyport.agent.identity.LearnedAuthorities;
import org.sallyport.agent.server.ChannelGateway;
import org.sallyport.agent.server.Heartbeat;
import org.sallyport.agent.server.NodeApi;
import org.sallyport.agent.server.NodeKey;
import org.sallyport.agent.server.RoleCredentials;
import org.sallyport.agent.session.SessionLimits;
import org.sallyport.agent.session.Sessions;
import org.sallyport.agent.session.SteadyMillis;
import org.sallyport.agent.shell.Leftovers;
import org.sallyport.agent.shell.ShellAccount;
import org.sallyport.agent.succession.Estate;
import org.sallyport.agent.succession.Succession;
import org.sallyport.agent.succession.Successor;
import org.sallyport.channel.trust.CaTrust;
import org.sallyport.protocol.message.SessionTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node's whole life between start and stop (node-agent specification, section 0). Daemon threads {@code sallyport-agent-credentials},
 * {@code -heartbeat}, {@code -reports} and {@code -succession} beside those of {@link ControlChannel} and {@link Sessions}.
 */
public final class Agent implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Agent.class);
    private static final Duration LAST_REPORTS = Duration.ofSeconds(1);

    private final ScheduledExecutorService credentialsThread = thread("credentials");
    private final ScheduledExecutorService heartbeatThread = thread("heartbeat");
    private final ScheduledExecutorService reportsThread = thread("reports");
    private final RoleCredentials credentials = new RoleCredentials(credentialsThread);
    private final NodeApi api;
    private final NodeKey key;
    private final ChannelGateway gateway;
    private final TaskReports reports;
    private final ScheduledExecutorService successionThread = thread("succession");
    private final String version;
    private final Sessions sessions;
    private final ControlChannel control;
    private final Heartbeat heartbeat;

    /** As the other, for who keeps nothing. */
    public Agent(Identity identity, String version, SessionLimits limits, ShellAccount accounts) {
        this(identity, version, limits, accounts, change -> {}, Leftovers.none());
    }

    /**
     * @param version of the agent, as the server shall see it
     * @param keeper gets certificate authorities that the pinned ones introduced, and new keys
     * @param leftovers where shells that run are noted
     */
    public Agent(
            Identity identity,
            String version,
            SessionLimits limits,
            ShellAccount accounts,
            IdentityKeeper keeper,
            Leftovers leftovers) {
        CaTrust trust = CaTrust.ofPem(List.of(identity.caPem()), new LearnedAuthorities(keeper));
        this.api = new NodeApi(identity, trust, credentials);
        this.key = new NodeKey(identity, api, keeper);
        this.gateway = new ChannelGateway(identity, trust, credentials);
        this.reports = new TaskReports(identity.nodeId(), new SteadyMillis());
        this.sessions = new Sessions(identity.nodeId(), gateway, accounts, leftovers, limits, reports::add);
        this.control = new ControlChannel(identity.nodeId(), version, gateway, credentials, reports, new Orders() {
            @Override
            public void startSession(SessionTask task) {
                sessions.start(task);
            }

            @Override
            public void endSession(String sessionId) {
                sessions.terminate(sessionId);
            }
        });
        this.version = version;
        this.heartbeat = new Heartbeat(api, version, control::isOpen, heartbeatThread);
    }

    /** Returns at once; the server is asked for as long as it takes. Once. */
    public void start() {
        credentials.start(key);
        heartbeatThread.execute(this::beginHeartbeat);
        reports.start(reportsThread);
        control.start(heartbeat::reachable);
    }

    /** Goes on with what the agent left that this process was before. Once, before {@link #start}. */
    public void inherit(Estate estate) {
        LOG.info("Goes on with {} sessions of agent {}", estate.sessions().size(), estate.version());
        reports.inherit(estate.reports());
        sessions.inherit(estate.sessions(), estate.over());
    }

    /** A session ended with an agent that was killed, which could not say so. Before {@link #start}. */
    public void lost(String sessionId) {
        sessions.wasLost(sessionId);
    }

    /**
     * Lets another agent follow in this process, which goes on with the sessions: to them it is a short loss of the network. Returns at once; when it
     * fails, that is logged and this agent goes on.
     */
    public void replace(Optional<Successor> successor) {
        successionThread.execute(() -> {
            try {
                new Succession(version, sessions, reports::save, control::hold, control::release)
                        .to(successor.orElseThrow(() -> new IOException(
                                "this agent was not started by its script, so what follows is not known")));
            } catch (IOException | IllegalStateException e) {
                LOG.error("No other agent follows, this one goes on: {}", e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Whether the server can reach this node now. */
    public boolean connected() {
        return control.isOpen();
    }

    /** Ends all sessions with their processes, tells the server, and closes; blocks up to ten seconds. */
    @Override
    public void close() {
        try {
            sessions.close();
            reports.awaitNone(LAST_REPORTS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            control.close();
            gateway.close();
            api.close();
            credentialsThread.shutdownNow();
            heartbeatThread.shutdownNow();
            reportsThread.shutdownNow();
            successionThread.shutdownNow();
        }
    }

    private void beginHeartbeat() {
        try {
            credentials.awaitFirst();
            heartbeat.start();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ScheduledExecutorService thread(String use) {
        return Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "sallyport-agent-" + use);
            thread.setDaemon(true);
            return thread;
        });
    }
}
