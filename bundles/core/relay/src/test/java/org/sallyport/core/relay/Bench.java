package org.sallyport.core.relay;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import org.sallyport.api.access.Principal;
import org.sallyport.api.access.PrincipalType;
import org.sallyport.api.transport.ConnectionHandler;
import org.sallyport.protocol.message.OpenChannel;

/** A relay without threads: everything that a test causes has happened when its call returns. */
final class Bench {
    static final String SESSION = "s-1";
    static final Principal NODE =
            new Principal("123456789012", PrincipalType.NODE, "AROA1:mi-1", "mi-1", "arn:aws:sts::1:role/mi-1");

    /** One end's connection as its peer sees it. */
    record Peer(FakeConnection connection, ConnectionHandler handler) {
        Peer send(byte[]... messages) {
            for (byte[] message : messages) {
                handler.frame(Wire.buffer(message));
            }
            return this;
        }

        void drop() {
            handler.closed("gone");
        }

        /** The peer reads again. */
        void flow() {
            connection.flow();
            handler.writable();
        }
    }

    final FakeTime time = new FakeTime();
    final FakeNeighbours neighbours = new FakeNeighbours();
    final Executor direct = Runnable::run;
    final Calls calls = new Calls(direct, time);
    DataChannels data = new DataChannels(direct, this::journalWork, time, calls, neighbours);
    final ControlChannelRegistry control = new ControlChannelRegistry(time, calls, neighbours);
    final ChannelRequests requests = new ChannelRequests(neighbours, control, data);
    private final Deque<Runnable> journalWork = new ArrayDeque<>();
    private boolean diskHangs;
    private int connections;

    private void journalWork(Runnable work) {
        if (diskHangs) {
            journalWork.add(work);
        } else {
            work.run();
        }
    }

    /** From now on nothing that has to do with a journal comes back. */
    void diskHangs() {
        diskHangs = true;
    }

    void diskGoesOn() {
        diskHangs = false;
        while (!journalWork.isEmpty()) {
            journalWork.poll().run();
        }
    }

    /** The server is killed and started again: connections and memory are gone, what was written is not. */
    void kill() {
        neighbours.journals = neighbours.journals.successor();
        data = new DataChannels(direct, this::journalWork, time, calls, neighbours);
    }

    Peer client() {
        return open(upgraded(Optional.empty()), "token");
    }

    Peer node() {
        return open(upgraded(Optional.of(NODE)), "token");
    }

    /** Upgraded, and nothing sent yet. */
    Peer upgraded(Optional<Principal> signer) {
        return connected(data.accept(SESSION, signer));
    }

    /** A client that goes on with the session of another one. */
    Peer takingOver(String clientId) {
        Peer peer = upgraded(Optional.empty());
        peer.handler()
                .text(OpenChannel.ofClient(UUID.randomUUID(), "token", clientId, "1.2.677.0")
                        .takingOver("client-1")
                        .withNotices()
                        .toJson());
        return peer;
    }

    Peer open(Peer peer, String token) {
        peer.handler()
                .text(new OpenChannel(
                                "request",
                                token,
                                Optional.of("client-1"),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                false)
                        .toJson());
        return peer;
    }

    Peer connected(ConnectionHandler handler) {
        FakeConnection connection = new FakeConnection("c" + ++connections);
        handler.opened(connection);
        return new Peer(connection, handler);
    }
}
