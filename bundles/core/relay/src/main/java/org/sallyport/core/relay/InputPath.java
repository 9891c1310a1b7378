package org.sallyport.core.relay;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * From client to node, unchanged and in order. While the node's connection is away it waits here; when the node does not take it, the client
 * is not read. Lane only.
 *
 * <p>Above {@link Marks#HARD} of waiting bytes, which only messages already decoded can add, more is dropped: the client resends input, and
 * its acknowledgements are remembered.
 */
final class InputPath {
    private final Deque<Frame> waiting = new ArrayDeque<>();
    private long bytes;
    private DataChannel client;
    private DataChannel node;
    private boolean nodeFull;

    void client(DataChannel attached) {
        client = attached;
        adjust();
    }

    void node(DataChannel attached) {
        node = attached;
        nodeFull = false;
        while (node != null && !waiting.isEmpty()) {
            send(waiting.poll());
        }
        if (node != null) {
            bytes = 0;
        }
        adjust();
    }

    void nodeWritable() {
        nodeFull = false;
        adjust();
    }

    void relay(Frame frame) {
        if (node != null) {
            send(frame);
        } else if (bytes + frame.size() <= Marks.HARD) {
            waiting.add(frame);
            bytes += frame.size();
        }
        adjust();
    }

    private void send(Frame frame) {
        nodeFull |= !node.send(frame.bytes().duplicate());
    }

    private void adjust() {
        if (client == null) {
            return;
        }
        if (nodeFull || bytes > Marks.HIGH) {
            client.stopReading();
        } else {
            client.resumeReading();
        }
    }
}
