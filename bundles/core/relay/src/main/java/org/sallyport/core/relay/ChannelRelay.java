package org.sallyport.core.relay;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.FieldOption;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.sallyport.api.access.RequestVerifier;
import org.sallyport.api.access.WireRequest;
import org.sallyport.api.audit.AuditTrail;
import org.sallyport.api.edge.ServerAddress;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.metrics.Meters;
import org.sallyport.api.transport.ChannelEndpoint;
import org.sallyport.kernel.node.NodeChannels;
import org.sallyport.kernel.recording.Journals;
import org.sallyport.kernel.relay.ControlMessages;
import org.sallyport.kernel.relay.Relay;
import org.sallyport.kernel.relay.Tap;
import org.sallyport.kernel.session.DataEnd;
import org.sallyport.kernel.session.SessionChannels;
import org.sallyport.kernel.status.StatusPart;
import org.sallyport.protocol.message.AgentMessage;
import org.sallyport.protocol.message.SessionNotice;
import org.sallyport.spi.metrics.MeterSource;

/**
 * The relay as a component. It lives as long as the server and holds every channel, so each service it calls may be swapped under it: while one
 * is away, requests are answered with status 503, reports and tokens wait a while, and sessions that run go on.
 */
@Component(service = {ChannelEndpoint.class, Relay.class, StatusPart.class, MeterSource.class})
public final class ChannelRelay implements ChannelEndpoint, Relay, StatusPart, MeterSource, Neighbours {
    private static final long ALIVE_MILLIS = 300_000;
    private static final long STOP_MILLIS = 2_000;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile RequestVerifier verifier;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile SessionChannels sessions;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile NodeChannels nodes;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile ControlMessages control;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Journals journals;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile ServerAddress address;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile AuditTrail audit;

    @Reference(policy = ReferencePolicy.DYNAMIC, fieldOption = FieldOption.REPLACE)
    private volatile List<Tap> taps = List.of();

    private final RelayMeters meters = new RelayMeters();
    private final RelayThreads threads;
    private final ControlChannelRegistry controlChannels;
    private final DataChannels dataChannels;
    private final ChannelRequests requests;

    @Activate
    public ChannelRelay() {
        this(Clock.systemUTC());
    }

    ChannelRelay(Clock clock) {
        threads = new RelayThreads(clock);
        Calls calls = new Calls(threads.calls(), threads);
        controlChannels = new ControlChannelRegistry(threads, calls, this);
        dataChannels = new DataChannels(threads.lanes(), threads.journals(), threads, calls, this);
        requests = new ChannelRequests(this, controlChannels, dataChannels);
        reportAliveLater();
    }

    /** Closes what is open, since ends that see no close hang, and ends the threads. */
    @Deactivate
    void stop() {
        controlChannels.stop();
        dataChannels.stop(STOP_MILLIS);
        threads.stop();
    }

    @Override
    public Answer request(WireRequest request) {
        return requests.request(request);
    }

    @Override
    public Upgrade upgrade(WireRequest request) {
        return requests.upgrade(request);
    }

    @Override
    public boolean toNode(String nodeId, AgentMessage message) {
        return controlChannels.send(nodeId, message);
    }

    @Override
    public boolean connected(String nodeId) {
        return controlChannels.connected(nodeId);
    }

    @Override
    public void dropNode(String nodeId) {
        controlChannels.drop(nodeId);
    }

    @Override
    public Set<DataEnd> attached(String sessionId) {
        return dataChannels.attached(sessionId);
    }

    @Override
    public void end(String sessionId, String text, boolean tellNode) {
        dataChannels.end(sessionId, text, tellNode);
    }

    @Override
    public boolean holds(String sessionId) {
        return dataChannels.holds(sessionId);
    }

    @Override
    public OptionalLong lastTyped(String sessionId) {
        return dataChannels.lastTyped(sessionId);
    }

    @Override
    public void notice(String sessionId, SessionNotice notice) {
        dataChannels.notice(sessionId, notice);
    }

    @Override
    public String part() {
        return "nodes";
    }

    @Override
    public Reading read() {
        return new Reading(Map.of("connected", controlChannels.count()), List.of());
    }

    @Override
    public void read(Meters taken) {
        meters.read(taken, controlChannels.count(), dataChannels.count());
    }

    @Override
    public void dropped(DataEnd from) {
        meters.dropped(from);
    }

    @Override
    public RequestVerifier verifier() {
        return present(verifier, "Request verification");
    }

    @Override
    public SessionChannels sessions() {
        return present(sessions, "The session engine");
    }

    @Override
    public NodeChannels nodes() {
        return present(nodes, "The node engine");
    }

    @Override
    public ControlMessages control() {
        return present(control, "The session engine");
    }

    @Override
    public Journals journals() {
        return present(journals, "The recording of sessions");
    }

    @Override
    public ServerAddress address() {
        return present(address, "The server's address");
    }

    @Override
    public List<Tap> taps() {
        return taps;
    }

    @Override
    public AuditTrail audit() {
        AuditTrail current = audit;
        return current == null ? AuditTrail.away() : current;
    }

    private void reportAliveLater() {
        threads.after(ALIVE_MILLIS, () -> {
            controlChannels.reportAlive();
            reportAliveLater();
        });
    }

    private static <T> T present(T service, String what) {
        if (service == null) {
            throw new SallyportException(
                    CommonError.SERVICE_AWAY, what + " is not there at the moment. Try again in a few seconds.");
        }
        return service;
    }
}
