package org.sallyport.core.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sallyport.core.node.Errors.assertFails;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sallyport.api.access.AccessRequest;
import org.sallyport.api.audit.AuditCall;
import org.sallyport.api.audit.AuditEvent;
import org.sallyport.api.audit.AuditTrail;
import org.sallyport.api.audit.Origin;
import org.sallyport.api.audit.Subject;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.node.Activations.Created;
import org.sallyport.api.node.NodeError;

@Tag("store")
class EventsAuditedTest {
    private final World world = new World();
    private final List<AuditEvent> written = new ArrayList<>();
    private final EventsAudited audited = new EventsAudited(world.decisions);

    EventsAuditedTest() {
        audited.trail = new AuditTrail() {
            @Override
            public AuditCall open(Subject subject, Origin origin) {
                throw new IllegalStateException("nodes open no call");
            }

            @Override
            public void append(AuditEvent event) {
                written.add(event);
            }

            @Override
            public void decided(AccessRequest request, boolean allowed) {
                throw new IllegalStateException("nodes decide nothing");
            }
        };
        world.heard.listeners = List.of(audited, world.events::add);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void eachUseOfAnActivationIsWrittenWithTheNodeThatCameOfIt() {
        Created activation = world.activation(1);

        String id = world.nodes.register(world.registration(activation));
        assertFails(NodeError.ACTIVATION_REFUSED, () -> world.nodes.register(world.registration(activation)));

        assertThat(written)
                .extracting(event -> event.subject().name())
                .containsExactly("NodeRegistered", "NodeRegistrationRefused");
        AuditEvent first = written.get(0);
        assertThat(first.origin().sourceAddress()).isEqualTo("192.0.2.1");
        assertThat(first.resources()).containsExactly(World.ARN + "managed-instance/" + id);
        assertThat(first.parameters())
                .containsEntry("activation", activation.activation().id())
                .containsEntry("subject", id);
        assertThat(written.toString()).doesNotContain(activation.code());
    }

    @Test
    void whatPeopleDoIsInTheRecordOfTheirCallAlone() {
        String id = world.node();
        written.clear();

        world.operations.approve(World.ALICE, id);
        world.operations.deregister(World.ALICE, id);

        assertThat(written).isEmpty();
        assertThat(world.events).isNotEmpty();
    }

    @Test
    void aTrailThatIsAwayStopsNoRegistration() {
        audited.trail = null;

        assertThat(world.node()).startsWith("mi-");
        assertThatThrownBy(() -> audited.happened(world.events.get(0))).isInstanceOf(SallyportException.class);
    }
}
