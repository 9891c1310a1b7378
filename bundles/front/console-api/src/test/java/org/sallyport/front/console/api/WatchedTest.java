package org.sallyport.front.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sallyport.api.access.Origin;
import org.sallyport.api.node.NodeInfo;
import org.sallyport.api.node.NodeStanding;
import org.sallyport.api.node.NodeStanding.OtherMachine;
import org.sallyport.api.node.NodeStanding.State;
import org.sallyport.api.node.Nodes.Filter;

/** What of a node is told when it changes. */
class WatchedTest {
    private static final String TOLD = "nodes [" + FakeServices.NODE + "]";

    private final FakeServices services = new FakeServices();
    private final Told stream = new Told();

    private static final class Told implements Stream {
        private final List<String> told = new ArrayList<>();

        @Override
        public boolean open() {
            return true;
        }

        @Override
        public void changed(String event, Collection<String> ids) {
            told.add(event + " " + ids);
        }

        @Override
        public void heartbeat() {
            told.add("heartbeat");
        }

        @Override
        public void close() {
            told.add("closed");
        }
    }

    @Test
    void aNodeThatWaitsIsToldOfAndThatItWasLetIn() {
        services.nodes.set(0, node(State.PENDING, Optional.empty()));
        Watched watched = watched();
        assertThat(services.filters).contains(new Filter("State", List.of("ACTIVE", "PENDING", "LEAVING")));

        watched.turn();
        assertThat(stream.told).isEmpty();
        services.nodes.set(0, node(State.ACTIVE, Optional.empty()));
        watched.turn();

        assertThat(stream.told).containsExactly(TOLD);
    }

    @Test
    void anotherMachineIsToldOfOnceAndNotWithEachOfItsTries() {
        services.nodes.set(0, node(State.ACTIVE, Optional.empty()));
        Watched watched = watched();

        for (int tries = 1; tries <= 3; tries++) {
            services.nodes.set(0, node(State.ACTIVE, other(tries, false)));
            watched.turn();
        }
        assertThat(stream.told).containsExactly(TOLD);
        services.nodes.set(0, node(State.ACTIVE, other(4, true)));
        watched.turn();

        assertThat(stream.told).containsExactly(TOLD, TOLD);
    }

    private Watched watched() {
        String token = services.session("admin");
        Watched watched =
                new Watched(services, new Caller(token, services.webSessions().find(token), Origin.NONE), stream);
        watched.begin();
        return watched;
    }

    private static Optional<OtherMachine> other(int second, boolean refused) {
        return Optional.of(new OtherMachine("f", "192.0.2.8", Instant.ofEpochSecond(second), refused));
    }

    private static NodeInfo node(State state, Optional<OtherMachine> other) {
        NodeInfo plain = FakeServices.node(true);
        return new NodeInfo(
                plain.id(),
                plain.name(),
                plain.activationId(),
                plain.role(),
                plain.registered(),
                plain.lastPing(),
                plain.connected(),
                plain.report(),
                Map.of(),
                new NodeStanding(state, "activation", Optional.empty(), Optional.empty(), other));
    }
}
