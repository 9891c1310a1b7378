package org.sallyport.core.relay;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.sallyport.kernel.node.NodeChannels;
import org.sallyport.protocol.message.AgentMessage;
import org.sallyport.protocol.message.OpenChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The control channels, one for each node: the newest wins and the older is dropped silently (node-agent specification, 5.6). Any thread.
 * Calls to other bundles run in order for each node.
 */
final class ControlChannelRegistry {
    static final long OPEN_LIMIT_MILLIS = 10_000;
    static final long REPORT_LIMIT_MILLIS = 30_000;

    /** Messages of one node that may wait; more are dropped, and the node repeats those that matter. */
    static final int MAX_WAITING = 256;

    private static final Logger LOG = LoggerFactory.getLogger(ControlChannelRegistry.class);

    private final Map<String, ControlChannel> open = new ConcurrentHashMap<>();
    private final Timer timer;
    private final Calls calls;
    private final Neighbours neighbours;

    ControlChannelRegistry(Timer timer, Calls calls, Neighbours neighbours) {
        this.timer = timer;
        this.calls = calls;
        this.neighbours = neighbours;
    }

    ControlChannel accept(String nodeId) {
        return new ControlChannel(nodeId, this, timer);
    }

    boolean connected(String nodeId) {
        return open.containsKey(nodeId);
    }

    /** Nodes that are connected. */
    int count() {
        return open.size();
    }

    boolean send(String nodeId, AgentMessage message) {
        ControlChannel to = open.get(nodeId);
        return to != null && to.send(ByteBuffer.wrap(message.encode()));
    }

    void drop(String nodeId) {
        ControlChannel dropped = open.get(nodeId);
        if (dropped != null) {
            dropped.close("dropped by the server");
        }
    }

    /** Takes the token of a channel's first message. */
    void open(ControlChannel channel, OpenChannel opening) {
        boolean posted = calls.post(
                channel.nodeId(),
                "opening the control channel of " + channel.nodeId(),
                () -> {
                    if (!neighbours
                            .nodes()
                            .opened(new NodeChannels.Opening(
                                    channel.nodeId(),
                                    opening.tokenValue(),
                                    opening.agentVersion().orElse(""),
                                    channel.remoteAddress(),
                                    Optional.ofNullable(open.get(channel.nodeId()))
                                            .map(ControlChannel::remoteAddress)))) {
                        new ChannelAudit(neighbours).controlTokenRefused(channel.nodeId(), channel.origin());
                        channel.close("token refused");
                    } else {
                        register(channel);
                    }
                },
                OPEN_LIMIT_MILLIS,
                () -> channel.close("the server cannot check the token now"));
        if (!posted) {
            channel.close("the server has too much to do");
        }
    }

    /** A message, on a network thread. One that comes right behind the token waits for it in the same row of calls. */
    void received(ControlChannel channel, AgentMessage message) {
        if (channel.waiting().incrementAndGet() > MAX_WAITING) {
            channel.waiting().decrementAndGet();
            LOG.debug(
                    "node {}: {} is dropped, {} messages wait already", channel.nodeId(), message.type(), MAX_WAITING);
            return;
        }
        Runnable handled = channel.waiting()::decrementAndGet;
        boolean posted = calls.post(
                channel.nodeId(),
                message.type() + " of node " + channel.nodeId(),
                () -> {
                    if (open.get(channel.nodeId()) == channel) {
                        neighbours.control().fromNode(channel.nodeId(), message);
                    }
                    handled.run();
                },
                REPORT_LIMIT_MILLIS,
                handled);
        if (!posted) {
            handled.run();
        }
    }

    /** An open channel lost its connection. */
    void gone(ControlChannel channel) {
        if (!open.remove(channel.nodeId(), channel)) {
            return; // replaced by a newer one
        }
        LOG.info("node {} is not connected any more", channel.nodeId());
        reportClosed(channel.nodeId());
    }

    /** The server stops. */
    void stop() {
        open.values().forEach(channel -> channel.close("the server stops"));
    }

    /** Says that the connected nodes live, for those that send no heartbeat (node-agent specification, 1.6). */
    void reportAlive() {
        for (String nodeId : open.keySet()) {
            calls.post(
                    nodeId,
                    "report 'alive' of node " + nodeId,
                    () -> neighbours.nodes().alive(nodeId),
                    0,
                    () -> {});
        }
    }

    private void register(ControlChannel channel) {
        if (!channel.confirm()) {
            reportClosed(channel.nodeId()); // the peer went while its token was checked
            return;
        }
        ControlChannel older = open.put(channel.nodeId(), channel);
        if (older != null) {
            older.close("replaced by a newer connection");
        } else {
            LOG.info("node {} is connected", channel.nodeId());
        }
        if (!channel.isOpen()) {
            gone(channel); // closed between confirmation and registration
            return;
        }
        calls.post(
                channel.nodeId(),
                "report 'connected' of node " + channel.nodeId(),
                () -> neighbours.control().nodeConnected(channel.nodeId()),
                REPORT_LIMIT_MILLIS,
                () -> {});
    }

    private void reportClosed(String nodeId) {
        calls.post(
                nodeId,
                "report 'closed' of node " + nodeId,
                () -> {
                    if (!connected(nodeId)) {
                        neighbours.nodes().closed(nodeId);
                    }
                },
                REPORT_LIMIT_MILLIS,
                () -> {});
    }
}
