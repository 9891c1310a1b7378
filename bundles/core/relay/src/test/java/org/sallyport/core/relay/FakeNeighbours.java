package org.sallyport.core.relay;

import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.sallyport.api.access.Principal;
import org.sallyport.api.access.RequestVerifier;
import org.sallyport.api.access.VerifiedCaller;
import org.sallyport.api.audit.AuditTrail;
import org.sallyport.api.edge.ServerAddress;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.session.EndCause;
import org.sallyport.kernel.node.NodeChannels;
import org.sallyport.kernel.recording.Journals;
import org.sallyport.kernel.relay.ControlMessages;
import org.sallyport.kernel.relay.Tap;
import org.sallyport.kernel.session.DataEnd;
import org.sallyport.kernel.session.SessionChannels;
import org.sallyport.protocol.message.AgentMessage;

/** The relay's neighbours: they write down what they are told and answer as the test says. */
final class FakeNeighbours implements Neighbours, SessionChannels, NodeChannels, ControlMessages {
    final List<String> told = Collections.synchronizedList(new ArrayList<>());
    final KeptTrail trail = new KeptTrail();
    final List<Tap> taps = new ArrayList<>();
    final List<AgentMessage> fromNodes = new ArrayList<>();
    final Map<String, SallyportException> refusals = new HashMap<>();
    FakeJournals journals = new FakeJournals();
    boolean journalsAway;
    int tokensTaken;
    Runnable whenAttached = () -> {};
    final ServerAddress address = new ConsoleAt(URI.create("https://console.example:8443"));
    String sessionType = "Standard_Stream";
    boolean separateOutput;
    boolean away;
    boolean nodeTokenGood = true;
    Function<String, Principal> signer = header -> {
        throw new AssertionError("nothing is signed in this test");
    };

    private static void note(List<String> list, Object... words) {
        list.add(String.join(" ", Arrays.stream(words).map(String::valueOf).toList()));
    }

    private <T> T present(T service) {
        if (away) {
            throw new SallyportException(CommonError.SERVICE_AWAY, "away");
        }
        return service;
    }

    private void refuse(String what) {
        if (refusals.containsKey(what)) {
            throw refusals.get(what);
        }
    }

    @Override
    public RequestVerifier verifier() {
        return present((request, service) -> new VerifiedCaller(
                signer.apply(request.header("Authorization").orElse("")), "AKID", "onprem-1", service));
    }

    @Override
    public SessionChannels sessions() {
        return present(this);
    }

    @Override
    public NodeChannels nodes() {
        return present(this);
    }

    @Override
    public ControlMessages control() {
        return present(this);
    }

    @Override
    public Journals journals() {
        if (journalsAway) {
            throw new SallyportException(CommonError.SERVICE_AWAY, "away");
        }
        return journals;
    }

    @Override
    public ServerAddress address() {
        return present(address);
    }

    @Override
    public List<Tap> taps() {
        return taps;
    }

    @Override
    public AuditTrail audit() {
        return trail;
    }

    @Override
    public String createDataChannel(Principal node, String sessionId) {
        refuse("createDataChannel");
        note(told, "createDataChannel", node.name(), sessionId);
        return "token<&>";
    }

    @Override
    public void admitNode(Principal node, String sessionId) {
        refuse("admitNode");
    }

    @Override
    public Attachment attach(OpenRequest request) {
        refuse("attach");
        tokensTaken++;
        whenAttached.run();
        DataEnd end = request.signer().flatMap(Principal::nodeId).isPresent() ? DataEnd.NODE : DataEnd.CLIENT;
        return new Attachment(request.sessionId(), end, "mi-1", sessionType, separateOutput);
    }

    @Override
    public void attached(String sessionId, DataEnd end) {
        note(told, "attached", end);
    }

    @Override
    public void detached(String sessionId, DataEnd end) {
        note(told, "detached", end);
    }

    @Override
    public void nodeFinished(String sessionId, EndCause cause, String detail) {
        note(told, "nodeFinished", cause);
    }

    @Override
    public void clientFinished(String sessionId) {
        note(told, "clientFinished");
    }

    @Override
    public void recordingFailed(String sessionId, String detail) {
        note(told, "recordingFailed", detail);
    }

    @Override
    public String createControlChannel(Principal node, String nodeId) {
        refuse("createControlChannel");
        note(told, "createControlChannel", node.name(), nodeId);
        return "control-token";
    }

    @Override
    public boolean opened(Opening opening) {
        note(told, "opened", opening.nodeId(), opening.token(), opening.agentVersion());
        opening.older().ifPresent(older -> note(told, "older", older, opening.sourceAddress()));
        return nodeTokenGood;
    }

    @Override
    public void closed(String nodeId) {
        note(told, "closed", nodeId);
    }

    @Override
    public void alive(String nodeId) {
        note(told, "alive", nodeId);
    }

    @Override
    public void fromNode(String nodeId, AgentMessage message) {
        note(told, "fromNode", nodeId, message.type());
        fromNodes.add(message);
    }

    @Override
    public void nodeConnected(String nodeId) {
        note(told, "nodeConnected", nodeId);
    }

    /** Only where the console is matters here. */
    private record ConsoleAt(URI api) implements ServerAddress {
        @Override
        public String region() {
            return "onprem-1";
        }

        @Override
        public String accountId() {
            return "123456789012";
        }

        @Override
        public URI channel() {
            return URI.create("wss://console.example:8444");
        }
    }
}
