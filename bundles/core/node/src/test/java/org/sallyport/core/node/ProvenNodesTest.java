package org.sallyport.core.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.core.node.Errors.assertFails;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sallyport.api.access.AccessError;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.node.NodeError;
import org.sallyport.api.node.NodeInfo;
import org.sallyport.api.node.NodeStanding.State;
import org.sallyport.api.node.Nodes.Filter;
import org.sallyport.api.node.Nodes.Registration;
import org.sallyport.api.node.ServiceSettings;
import org.sallyport.api.page.PageRequest;
import org.sallyport.kernel.node.NodeEvent.Kind;
import org.sallyport.spi.node.NodeProof;
import org.sallyport.spi.node.NodeProof.Proven;
import org.sallyport.spi.node.NodeProof.Shown;
import org.sallyport.test.contract.InMemoryTierPolicy;

@Tag("store")
class ProvenNodesTest {
    private static final String INSTANCE = "i-1234567890abcdef0";

    private final World world = new World();
    private final Says says = new Says();

    @BeforeEach
    void bind() {
        world.proofs.bindProof(says, Map.of(NodeProof.METHOD, "cloud"));
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aCloudInstanceKeepsItsIdAndIsNeitherCountedNorGated() {
        world.tiers.bindPolicy(new InMemoryTierPolicy(0));
        says.answer = proven(Optional.of(INSTANCE), Optional.of(World.ROLE), Map.of("cloud", "ec2"));

        assertThat(register()).isEqualTo(INSTANCE);

        NodeInfo node = world.nodes.find(INSTANCE).orElseThrow();
        assertThat(node.hybrid()).isFalse();
        assertThat(node.activationId()).isEmpty();
        assertThat(node.standing().provenBy()).isEqualTo("cloud");
        assertThat(node.standing().subject()).contains("who it is");
        assertThat(node.standing().registeredFrom()).contains("192.0.2.1");
        assertThat(node.tags()).isEqualTo(Map.of("cloud", "ec2"));
        assertThat(new NodeTable(world.store).count()).isZero();
        assertThat(listed("EC2Instance")).containsExactly(INSTANCE);
        assertThat(listed("ManagedInstance")).isEmpty();
        assertThat(new RegisteredKeys(new NodeTable(world.store)).publicKey(INSTANCE))
                .isPresent();
    }

    @Test
    void aNewerDocumentOfAnInstanceReplacesItsKeyAndVoidsWhatWasIssued() {
        says.answer = proven(Optional.of(INSTANCE), Optional.of(World.ROLE), Map.of());
        register();
        world.relay.open.add(INSTANCE);
        String next = World.publicKey(2048);

        world.nodes.register(registration("doc", next));

        assertThat(world.roles.revoked).containsExactly(INSTANCE);
        assertThat(world.relay.open).isEmpty();
        assertThat(new RegisteredKeys(new NodeTable(world.store))
                        .publicKey(INSTANCE)
                        .map(PublicKeys::text))
                .contains(next);
        assertThat(world.kinds()).filteredOn(Kind.REGISTERED::equals).hasSize(2);
    }

    @Test
    void withoutARoleOfItsOwnItActsWithTheDefaultRoleIfThereIsOne() {
        says.answer = proven(Optional.of(INSTANCE), Optional.empty(), Map.of());
        assertFails(NodeError.PROOF_REFUSED, this::register).contains(ServiceSettings.DEFAULT_ROLE);
        assertThat(says.released).hasSize(1);

        world.settings(world.store).update(World.ALICE, ServiceSettings.DEFAULT_ROLE, "service-role/" + World.ROLE);

        assertThat(register()).isEqualTo(INSTANCE);
        assertThat(world.nodes.find(INSTANCE).orElseThrow().role()).isEqualTo(World.ROLE);
    }

    @Test
    void theDefaultRoleIsTheOneOfTheMomentWhenCredentialsAreAskedFor() {
        says.answer = proven(Optional.of(INSTANCE), Optional.empty(), Map.of());
        AccountSettings settings = world.settings(world.store);
        settings.update(World.ALICE, ServiceSettings.DEFAULT_ROLE, World.ROLE);
        register();
        assertThat(credentials()).startsWith(World.ROLE + "/");

        settings.update(World.ALICE, ServiceSettings.DEFAULT_ROLE, "service-role/" + World.Roles.OTHER);
        assertThat(credentials()).startsWith(World.Roles.OTHER + "/");
        assertThat(world.nodes.find(INSTANCE).orElseThrow().role()).isEqualTo(World.Roles.OTHER);

        settings.reset(World.ALICE, ServiceSettings.DEFAULT_ROLE);
        assertFails(AccessError.ACCESS_DENIED, this::credentials).contains(ServiceSettings.DEFAULT_ROLE);

        world.operations.changeRole(World.ALICE, INSTANCE, World.ROLE);
        settings.update(World.ALICE, ServiceSettings.DEFAULT_ROLE, World.Roles.OTHER);
        assertThat(credentials()).as("a role of its own comes first").startsWith(World.ROLE + "/");
    }

    private String credentials() {
        return world.nodes
                .roleCredentials(World.keyOf(INSTANCE), World.FINGERPRINT, "192.0.2.1")
                .accessKeyId();
    }

    @Test
    void anInstanceActsWithTheRoleThatItsProfileHasNowElseWithTheDefaultRole() {
        says.answer = proven(Optional.of(INSTANCE), Optional.of("instance-profile/Web"), Map.of());
        assertFails(NodeError.PROOF_REFUSED, this::register).contains(ServiceSettings.DEFAULT_ROLE);
        world.roles.profiles.put("Web", World.Roles.OTHER);
        register();
        assertThat(actsWith()).isEqualTo(World.Roles.OTHER);

        world.roles.profiles.put("Web", World.ROLE);
        assertThat(actsWith()).isEqualTo(World.ROLE);

        world.roles.profiles.clear();
        assertFails(NodeError.PROOF_REFUSED, this::actsWith).contains(ServiceSettings.DEFAULT_ROLE);
        world.settings(world.store).update(World.ALICE, ServiceSettings.DEFAULT_ROLE, "service-role/" + World.ROLE);
        assertThat(actsWith()).isEqualTo(World.ROLE);
    }

    private String actsWith() {
        String key = world.nodes
                .roleCredentials(World.keyOf(INSTANCE), World.FINGERPRINT, "192.0.2.1")
                .accessKeyId();
        return key.substring(0, key.indexOf('/'));
    }

    @Test
    void aNodeByTokenIsAHybridOneAndIsCounted() {
        world.tiers.bindPolicy(new InMemoryTierPolicy(1));
        says.answer = proven(Optional.empty(), Optional.of(World.ROLE), Map.of());

        assertThat(register()).startsWith("mi-");
        assertFails(NodeError.NODE_LIMIT, this::register);

        assertThat(says.released).hasSize(1);
    }

    @Test
    void whatAnAdapterMayNotSayIsRefusedAndGivenBack() {
        for (Proven wrong : List.of(
                proven(Optional.of("mi-0123456789abcdef0"), Optional.of(World.ROLE), Map.of()),
                proven(Optional.of("i-1"), Optional.of(World.ROLE), Map.of()))) {
            says.answer = wrong;
            assertFails(CommonError.INTERNAL, this::register);
        }
        says.answer = proven(Optional.empty(), Optional.of("None"), Map.of());
        assertFails(NodeError.ROLE_UNKNOWN, this::register);
        says.answer = proven(Optional.empty(), Optional.of(World.ROLE), Map.of("aws:x", "y"));
        assertFails(CommonError.INVALID_ARGUMENT, this::register);

        assertThat(says.released).hasSize(4);
        assertThat(new NodeTable(world.store).count()).isZero();
    }

    @Test
    void aWayWithoutAnAdapterIsClosedAndComesBackWithIt() {
        assertFails(
                CommonError.SERVICE_AWAY, () -> world.nodes.register(registration("doc", "other", World.PUBLIC_KEY)));
        says.answer = proven(Optional.empty(), Optional.of(World.ROLE), Map.of());
        world.proofs.unbindProof(says);
        assertFails(CommonError.SERVICE_AWAY, this::register);
        Says successor = new Says();
        successor.answer = says.answer;

        world.proofs.bindProof(successor, Map.of(NodeProof.METHOD, "cloud"));

        assertThat(register()).startsWith("mi-");
    }

    @Test
    void theHigherRankingServesAndNamesThatAreNoneDoNot() {
        Says higher = new Says();
        higher.answer = proven(Optional.of(INSTANCE), Optional.of(World.ROLE), Map.of());
        world.proofs.bindProof(higher, Map.of(NodeProof.METHOD, "cloud", "service.ranking", 10));
        world.proofs.bindProof(higher, Map.of(NodeProof.METHOD, "activation"));

        assertThat(register()).isEqualTo(INSTANCE);
        assertFails(
                CommonError.SERVICE_AWAY,
                () -> world.nodes.register(registration("doc", "activation", World.PUBLIC_KEY)));
    }

    @Test
    void aLongDocumentIsNotShownAndApprovalIsAsked() {
        assertFails(
                CommonError.INVALID_ARGUMENT,
                () -> world.nodes.register(registration("x".repeat(NodeProof.MAX_DOCUMENT + 1), World.PUBLIC_KEY)));
        assertThat(says.shown).isEmpty();
        says.answer = new Proven(
                "subject\u0007", Optional.empty(), Optional.of(World.ROLE), Optional.of("n"), Map.of(), true, "r");

        String id = register();

        assertThat(world.nodes.find(id).orElseThrow().standing().state()).isEqualTo(State.PENDING);
        assertThat(world.nodes.find(id).orElseThrow().standing().subject()).contains("subject");
    }

    @Test
    void refusalsAreToldWithoutTheDocument() {
        says.failure = new SallyportException(NodeError.PROOF_REFUSED, "no certificate signed it");

        assertFails(NodeError.PROOF_REFUSED, this::register);

        assertThat(world.kinds()).containsExactly(Kind.REGISTRATION_REFUSED);
        assertThat(world.events.toString()).contains("no certificate signed it").doesNotContain("secret-doc");
    }

    private String register() {
        return world.nodes.register(registration("secret-doc", World.PUBLIC_KEY));
    }

    private static Registration registration(String document, String key) {
        return registration(document, "cloud", key);
    }

    private static Registration registration(String document, String method, String key) {
        return new Registration(
                "",
                "",
                key,
                "Rsa",
                World.FINGERPRINT,
                "192.0.2.1",
                Optional.of(new Registration.Proof(method, document)));
    }

    private static Proven proven(Optional<String> id, Optional<String> role, Map<String, String> tags) {
        return new Proven("who it is", id, role, Optional.empty(), tags, false, "receipt");
    }

    private List<String> listed(String type) {
        return world
                .nodes
                .list(World.ALICE, List.of(new Filter("ResourceType", List.of(type))), PageRequest.first(5))
                .items()
                .stream()
                .map(NodeInfo::id)
                .toList();
    }

    /** Says what the test wants and remembers what was given back. */
    private static final class Says implements NodeProof {
        final List<Shown> shown = new ArrayList<>();
        final List<Proven> released = new ArrayList<>();
        Proven answer;
        SallyportException failure;

        @Override
        public Proven prove(Shown document, Instant deadline) {
            shown.add(document);
            if (failure != null) {
                throw failure;
            }
            return answer;
        }

        @Override
        public void release(Proven proven, Instant deadline) {
            released.add(proven);
        }
    }
}
