package org.sallyport.core.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.sallyport.core.node.Errors.assertFails;

import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.node.Activation;
import org.sallyport.api.node.Activations.Created;
import org.sallyport.api.node.NodeError;
import org.sallyport.api.node.NodeInfo;
import org.sallyport.api.node.Nodes.Registration;
import org.sallyport.api.node.ServiceSettings;
import org.sallyport.api.page.PageRequest;
import org.sallyport.kernel.node.NodeEvent;
import org.sallyport.test.contract.InMemoryTierPolicy;
import org.sallyport.test.contract.Race;

@Tag("store")
class RegistrationTest {
    private final World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aNodeGetsAnIdAndWhatItsActivationSays() {
        Created activation = world.activation(1);

        String id = world.nodes.register(world.registration(activation));

        assertThat(id).matches("mi-[0-9a-f]{17}");
        NodeInfo node = world.nodes.find(id).orElseThrow();
        assertThat(node.name()).contains("web");
        assertThat(node.role()).isEqualTo(World.ROLE);
        assertThat(node.activationId()).isEqualTo(activation.activation().id());
        assertThat(node.registered()).isEqualTo(World.START);
        assertThat(node.tags()).containsEntry("team", "blue").containsEntry("stage", "test");
        assertThat(node.lastPing()).isEmpty();
        assertThat(node.report()).isEmpty();
    }

    @Test
    void theKeyItRegisteredWithVerifiesItsRequests() {
        String id = world.node();

        RegisteredKeys keys = new RegisteredKeys(new NodeTable(world.store));

        assertThat(keys.publicKey(id))
                .hasValueSatisfying(key -> assertThat(Base64.getEncoder().encodeToString(key.getEncoded()))
                        .isEqualTo(World.PUBLIC_KEY));
        assertThat(keys.publicKey(id).orElseThrow()).isInstanceOf(RSAPublicKey.class);
        assertThat(keys.publicKey("mi-00000000000000000")).isEmpty();
        assertThat(keys.publicKey("mi-\u0000")).isEmpty();
    }

    @Test
    void aWrongCodeRegistersNothing() {
        Created activation = world.activation(1);
        Registration wrong = new Registration(
                activation.activation().id(), "x".repeat(36), World.PUBLIC_KEY, "Rsa", World.FINGERPRINT, "192.0.2.1");

        assertFails(NodeError.ACTIVATION_REFUSED, () -> world.nodes.register(wrong));

        assertThat(new NodeTable(world.store).count()).isZero();
    }

    @Test
    void aRefusedKeyGivesTheActivationItsPlaceBack() {
        Created activation = world.activation(1);

        assertFails(
                NodeError.PUBLIC_KEY_REFUSED,
                () -> world.nodes.register(World.registration(activation, "Rsa", "bm8ga2V5")));
        assertThat(registrations(activation)).isZero();

        world.nodes.register(world.registration(activation));
        assertThat(registrations(activation)).isEqualTo(1);
    }

    @Test
    void aTierThatIsFullGivesTheActivationItsPlaceBack() {
        world.tiers.bindPolicy(new InMemoryTierPolicy(1));
        world.node();
        Created activation = world.activation(1);

        assertFails(NodeError.NODE_LIMIT, () -> world.nodes.register(world.registration(activation)))
                .contains("no room");

        assertThat(registrations(activation)).isZero();
        world.settings(world.store).update(World.ALICE, ServiceSettings.ACTIVATION_TIER, "advanced");
        assertThat(world.nodes.register(world.registration(activation))).startsWith("mi-");
    }

    @Test
    void withoutATierPolicyNothingRegisters() {
        world.tiers.deactivate();
        Created activation = world.activation(1);

        assertFails(CommonError.SERVICE_AWAY, () -> world.nodes.register(world.registration(activation)))
                .contains("tier policy");

        assertThat(registrations(activation)).isZero();
    }

    @Test
    void aFingerprintThatIsNoneIsRefusedBeforeTheActivationIsTouched() {
        Created activation = world.activation(1);
        for (String fingerprint : new String[] {null, "", "a b", "x".repeat(65), "\u0000"}) {
            Registration wrong = new Registration(
                    activation.activation().id(), activation.code(), World.PUBLIC_KEY, "Rsa", fingerprint, "192.0.2.1");
            assertFails(CommonError.INVALID_ARGUMENT, () -> world.nodes.register(wrong));
        }
        assertThat(registrations(activation)).isZero();
    }

    @Test
    void theTierLimitIsExactWhenManyRegisterAtOnce() throws Exception {
        world.tiers.bindPolicy(new InMemoryTierPolicy(10));
        Created activation = world.activation(40);
        Registrar otherServer = new Registrar(
                new NodeTable(world.store),
                world.tiers,
                world.calls,
                new ProvenNodes(world.proofs, world.roles, world.roles, new SettingTable(world.store), id -> {}),
                world.heard,
                world.clock);
        ExecutorService pool = Executors.newFixedThreadPool(16);
        List<Future<Boolean>> running = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            boolean other = i % 2 == 0;
            running.add(pool.submit(() -> {
                try {
                    Registration wanted = world.registration(activation);
                    return (other ? otherServer.register(wanted) : world.nodes.register(wanted)) != null;
                } catch (SallyportException e) {
                    assertThat(e.code()).isEqualTo(NodeError.NODE_LIMIT);
                    return false;
                }
            }));
        }
        List<Boolean> results = new ArrayList<>();
        for (Future<Boolean> one : running) {
            results.add(one.get());
        }
        pool.shutdown();

        assertThat(results).filteredOn(r -> r).hasSize(10);
        assertThat(new NodeTable(world.store).count()).isEqualTo(10);
        assertThat(registrations(activation)).isEqualTo(10);
    }

    /** As many as an activation can be for; who is told to try again does so, as agents do. */
    @Test
    @Tag("long")
    void ofAThousandNodesAtOnceExactlyTheLimitComesIn() throws Exception {
        Created activation = world.activation(400);

        List<Boolean> in = Race.of(1000, () -> {
            while (true) {
                try {
                    world.nodes.register(world.registration(activation));
                    return true;
                } catch (SallyportException e) {
                    if (e.code() == NodeError.ACTIVATION_REFUSED) {
                        return false;
                    }
                    assertThat(e.code()).isEqualTo(CommonError.SERVICE_AWAY);
                }
            }
        });

        assertThat(in).filteredOn(yes -> yes).hasSize(400);
        assertThat(new NodeTable(world.store).count()).isEqualTo(400);
        assertThat(registrations(activation)).isEqualTo(400);
    }

    @Test
    void aSignatureIsUsedOnceAlsoByAnotherServerAndAfterARestart() throws Exception {
        String id = world.node();
        Instant until = World.START.plusSeconds(300);

        List<Boolean> first =
                Race.of(8, () -> new RegisteredKeys(new NodeTable(world.store)).firstUse(id, "a".repeat(64), until));

        assertThat(first).filteredOn(yes -> yes).hasSize(1);
        RegisteredKeys keys = new RegisteredKeys(new NodeTable(world.store));
        assertThat(keys.firstUse(id, "b".repeat(64), until)).isTrue();
        assertThat(keys.firstUse("mi-00000000000000000", "c".repeat(64), until)).isFalse();
        new NodeTable(world.store).forgetSignatures(until);
        assertThat(keys.firstUse(id, "a".repeat(64), until)).isFalse();
        new NodeTable(world.store).forgetSignatures(until.plusMillis(1));
        assertThat(keys.firstUse(id, "a".repeat(64), until)).isTrue();
    }

    @Test
    void eachUseOfAnActivationIsTold() {
        Created activation = world.activation(1);
        String id = world.nodes.register(world.registration(activation));
        assertFails(NodeError.ACTIVATION_REFUSED, () -> world.nodes.register(world.registration(activation)));

        assertThat(world.events)
                .extracting(NodeEvent::kind, NodeEvent::subject, NodeEvent::sourceAddress)
                .containsExactly(
                        tuple(NodeEvent.Kind.REGISTERED, id, "192.0.2.1"),
                        tuple(
                                NodeEvent.Kind.REGISTRATION_REFUSED,
                                activation.activation().id(),
                                "192.0.2.1"));
        assertThat(world.events.get(0).details())
                .containsEntry("activation", activation.activation().id());
        assertThat(world.events.toString()).doesNotContain(activation.code());
    }

    @Test
    void whoListensAndFailsBreaksNoRegistration() {
        world.heard.listeners = List.of(event -> {
            throw new IllegalStateException("broken");
        });

        assertThat(world.node()).startsWith("mi-");
    }

    private int registrations(Created created) {
        return world.admission.list(List.of(), PageRequest.first(100), World.START).items().stream()
                .filter(a -> a.id().equals(created.activation().id()))
                .mapToInt(Activation::registrations)
                .sum();
    }
}
