package org.sallyport.core.session;

import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.condition.Condition;
import org.osgi.service.metatype.annotations.Designate;
import org.sallyport.api.access.DecisionPoint;
import org.sallyport.api.access.Principal;
import org.sallyport.api.audit.AuditTrail;
import org.sallyport.api.document.Documents;
import org.sallyport.api.edge.ServerAddress;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.metrics.Meters;
import org.sallyport.api.node.Nodes;
import org.sallyport.api.page.Page;
import org.sallyport.api.page.PageRequest;
import org.sallyport.api.session.EndCause;
import org.sallyport.api.session.SessionInfo;
import org.sallyport.api.session.Sessions;
import org.sallyport.kernel.access.LiveAccess;
import org.sallyport.kernel.node.NodeTags;
import org.sallyport.kernel.node.Tiers;
import org.sallyport.kernel.recording.Journals;
import org.sallyport.kernel.relay.ControlMessages;
import org.sallyport.kernel.relay.Relay;
import org.sallyport.kernel.session.DataEnd;
import org.sallyport.kernel.session.NodeSessions;
import org.sallyport.kernel.session.SessionChannels;
import org.sallyport.kernel.status.StatusPart;
import org.sallyport.kernel.store.Schema;
import org.sallyport.kernel.store.Transactions;
import org.sallyport.protocol.message.AgentMessage;
import org.sallyport.spi.metrics.MeterSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The session engine as a component. Sessions live in the store, so it may be swapped while they run. The services it calls may be swapped
 * as well: while one is away, calls that need it fail with {@code SERVICE_AWAY}, and what runs goes on.
 */
@Component(
        service = {
            Sessions.class,
            SessionChannels.class,
            NodeSessions.class,
            ControlMessages.class,
            StatusPart.class,
            MeterSource.class
        },
        configurationPid = SessionService.PID)
@Designate(ocd = SessionConfig.class)
public final class SessionService
        implements Sessions, SessionChannels, NodeSessions, ControlMessages, StatusPart, MeterSource, Services {
    static final String PID = "org.sallyport.core.session";

    private static final Logger LOG = LoggerFactory.getLogger(SessionService.class);

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile DecisionPoint decisions;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Documents documents;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Nodes nodes;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Tiers tiers;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile Relay relay;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile ServerAddress address;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Journals journals;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile LiveAccess liveAccess;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile NodeTags nodeTags;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile AuditTrail audit;

    private final SessionMeters meters = new SessionMeters();
    private final ServingClock serving = new ServingClock();
    private final Transactions transactions;
    private final Housekeeping housekeeping;
    private volatile Settings settings;
    private volatile Engine opened;

    @Activate
    public SessionService(
            @Reference Transactions transactions,
            @Reference(target = "(" + Schema.BUNDLE + "=" + PID + ")") Schema schema,
            SessionConfig config) {
        this.transactions = transactions;
        settings = Settings.from(config);
        housekeeping = new Housekeeping(this::engine);
        LOG.debug("sessions with schema version {}", schema.version());
    }

    /** The ports open; before, no limit runs, since nobody can come or go. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            target = "(" + Condition.CONDITION_ID + "=sallyport.ready)")
    void ready(Condition condition) {
        if (serving.begin()) {
            housekeeping.start();
        }
    }

    void unready(Condition condition) {
        // It speaks of the start only; whoever swaps the bundle that says it ends nothing by that.
    }

    @Modified
    void modified(SessionConfig config) {
        settings = Settings.from(config);
    }

    @Deactivate
    void stop() throws InterruptedException {
        housekeeping.stop();
        try {
            if (opened != null) {
                opened.sweep().keepTime();
            }
        } catch (SallyportException e) {
            LOG.debug("The time of sessions stands where the last sweep noted it", e);
        }
    }

    /** Opened by the first who needs it, since the store may be away when this component starts. */
    private Engine engine() {
        Engine ready = opened;
        return ready != null ? ready : open();
    }

    private synchronized Engine open() {
        if (opened == null) {
            opened = Engine.open(transactions, this, () -> settings, Clock.systemUTC(), serving);
        }
        return opened;
    }

    @Override
    public Started start(Principal caller, StartRequest request) {
        return engine().starting().start(caller, request);
    }

    @Override
    public Started resume(Principal caller, String sessionId) {
        return engine().ownership().resume(caller, sessionId);
    }

    @Override
    public String terminate(Principal caller, String sessionId) {
        return engine().ownership().terminate(caller, sessionId);
    }

    @Override
    public Page<SessionInfo> describe(Principal caller, boolean active, List<Filter> filters, PageRequest page) {
        return engine().listing().describe(caller, active, filters, page);
    }

    @Override
    public String createDataChannel(Principal node, String sessionId) {
        return engine().channels().createDataChannel(node, sessionId);
    }

    @Override
    public void admitNode(Principal node, String sessionId) {
        engine().channels().admitNode(node, sessionId);
    }

    @Override
    public Attachment attach(OpenRequest request) {
        return engine().channels().attach(request);
    }

    @Override
    public void attached(String sessionId, DataEnd end) {
        engine().channels().attached(sessionId, end);
    }

    @Override
    public void detached(String sessionId, DataEnd end) {
        engine().channels().detached(sessionId, end);
    }

    @Override
    public void nodeFinished(String sessionId, EndCause cause, String detail) {
        engine().channels().nodeFinished(sessionId, cause, detail);
    }

    @Override
    public void clientFinished(String sessionId) {
        engine().channels().clientFinished(sessionId);
    }

    @Override
    public void recordingFailed(String sessionId, String detail) {
        engine().channels().recordingFailed(sessionId, detail);
    }

    @Override
    public int endOfNode(String nodeId, EndCause cause, String detail) {
        return engine().nodeEnds().endOfNode(nodeId, cause, detail);
    }

    @Override
    public Set<String> nodesInUse() {
        return engine().nodeEnds().nodesInUse();
    }

    @Override
    public void fromNode(String nodeId, AgentMessage message) {
        engine().reports().fromNode(nodeId, message);
    }

    @Override
    public void nodeConnected(String nodeId) {
        engine().reports().nodeConnected(nodeId);
    }

    @Override
    public String part() {
        return "sessions";
    }

    @Override
    public Reading read() {
        return SessionCounts.read(transactions);
    }

    @Override
    public void read(Meters taken) {
        meters.read(taken);
    }

    @Override
    public void started() {
        meters.started();
    }

    @Override
    public void ended(EndCause cause) {
        meters.ended(cause);
    }

    @Override
    public DecisionPoint decisions() {
        return present(decisions, "The decision point");
    }

    @Override
    public Documents documents() {
        return present(documents, "The document store");
    }

    @Override
    public Nodes nodes() {
        return present(nodes, "The node engine");
    }

    @Override
    public Tiers tiers() {
        return present(tiers, "The node engine");
    }

    @Override
    public Relay relay() {
        return present(relay, "The relay");
    }

    @Override
    public AuditTrail audit() {
        AuditTrail current = audit;
        return current == null ? AuditTrail.away() : current;
    }

    @Override
    public Journals journals() {
        return present(journals, "Recording");
    }

    @Override
    public ServerAddress address() {
        return present(address, "The server's address");
    }

    @Override
    public LiveAccess liveAccess() {
        return present(liveAccess, "Access");
    }

    @Override
    public NodeTags nodeTags() {
        return present(nodeTags, "The node engine");
    }

    private static <T> T present(T service, String what) {
        if (service == null) {
            throw new SallyportException(
                    CommonError.SERVICE_AWAY, what + " is not there at the moment. Try again in a few seconds.");
        }
        return service;
    }
}
