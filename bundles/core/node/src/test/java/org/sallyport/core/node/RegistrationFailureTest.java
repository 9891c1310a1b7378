package org.sallyport.core.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.core.node.Errors.assertFails;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.node.Activations.Created;
import org.sallyport.api.node.NodeError;
import org.sallyport.api.page.PageRequest;
import org.sallyport.kernel.store.Transactions;

/** Registrations that fail leave neither a node nor a used-up activation. */
@Tag("store")
class RegistrationFailureTest {
    private final World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void noBadKeyCostsTheActivationItsOnePlace() throws GeneralSecurityException {
        Created activation = world.activation(1);
        byte[] curve =
                KeyPairGenerator.getInstance("EC").generateKeyPair().getPublic().getEncoded();
        byte[] good = Base64.getDecoder().decode(World.PUBLIC_KEY);

        for (String key : List.of(
                Base64.getEncoder().encodeToString(curve),
                World.publicKey(1024),
                "%%%",
                Base64.getEncoder().encodeToString(Arrays.copyOf(good, good.length + 1)))) {
            assertFails(
                    NodeError.PUBLIC_KEY_REFUSED,
                    () -> world.nodes.register(World.registration(activation, "Rsa", key)));
            assertThat(registrations()).isZero();
            assertThat(new NodeTable(world.store).count()).isZero();
        }

        assertThat(world.nodes.register(world.registration(activation))).startsWith("mi-");
    }

    @Test
    void aStoreThatFailsAtTheRowGivesTheActivationItsPlaceBack() {
        Created activation = world.activation(1);
        Registrar registrar = new Registrar(
                new NodeTable(new ReadsOnce()),
                world.tiers,
                world.calls,
                new ProvenNodes(world.proofs, world.roles, world.roles, new SettingTable(world.store), id -> {}),
                world.heard,
                world.clock);

        assertFails(CommonError.SERVICE_AWAY, () -> registrar.register(world.registration(activation)))
                .isEqualTo("the store went away");

        assertThat(registrations()).isZero();
        assertThat(world.nodes.register(world.registration(activation))).startsWith("mi-");
    }

    @Test
    void withoutAnAdmissionAdapterNothingRegisters() {
        Created activation = world.activation(1);
        world.calls.unbindAdmission(world.admission);

        assertFails(CommonError.SERVICE_AWAY, () -> world.nodes.register(world.registration(activation)))
                .contains("adapter");

        assertThat(new NodeTable(world.store).count()).isZero();
        world.calls.bindAdmission(world.admission);
        assertThat(world.nodes.register(world.registration(activation))).startsWith("mi-");
    }

    @Test
    void withoutAnAdmissionAdapterNoActivationIsDeleted() {
        String id = world.activation(1).activation().id();
        world.calls.unbindAdmission(world.admission);
        HybridActivations activations = world.activations();

        assertFails(CommonError.SERVICE_AWAY, () -> activations.delete(World.ALICE, id));

        assertThat(world.admission
                        .list(List.of(), PageRequest.first(5), World.START)
                        .items())
                .hasSize(1);
    }

    private int registrations() {
        return world.admission
                .list(List.of(), PageRequest.first(1), World.START)
                .items()
                .get(0)
                .registrations();
    }

    /** The real store, until its second transaction. */
    private final class ReadsOnce implements Transactions {
        private boolean gone;

        @Override
        public <T> T run(Work<T> work) {
            if (gone) {
                throw new SallyportException(CommonError.SERVICE_AWAY, "the store went away");
            }
            gone = true;
            return world.store.run(work);
        }

        @Override
        public boolean active() {
            return world.store.active();
        }
    }
}
