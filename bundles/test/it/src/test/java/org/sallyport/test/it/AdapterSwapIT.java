package org.sallyport.test.it;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;
import static org.sallyport.test.it.PluginsFolder.ADAPTER;
import static org.sallyport.test.it.PluginsFolder.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.inject.Inject;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.ops4j.pax.exam.util.Filter;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.condition.Condition;
import org.sallyport.api.edge.TlsIdentity;
import org.sallyport.api.plugin.Plugins;
import org.sallyport.spi.transport.Transport;
import org.sallyport.test.it.replacement.NewAdmission;
import org.sallyport.test.it.replacement.NewAuthorizer;
import org.sallyport.test.it.replacement.NewIdentityProvider;
import org.sallyport.test.it.replacement.NewProof;
import org.sallyport.test.it.replacement.NewTierPolicy;

/** Each shipped adapter is replaced through {@code plugins/}: the new one is seen, others go on, and a bad one changes nothing. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class AdapterSwapIT extends AdapterBehaviour {
    private static final String BAD = "0.3.0";
    private static final String EXAMPLE = "tier.tag";

    private static final Map<String, Class<?>> NEXT = Map.of(
            "tier.aws", NewTierPolicy.class,
            "policy.iam", NewAuthorizer.class,
            "identity.local", NewIdentityProvider.class,
            "node.activation", NewAdmission.class,
            "node.cloud", NewProof.class,
            "node.oidc", NewProof.class);

    /** Their next version is the shipped jar under another number. */
    private static final List<String> RENUMBERED = List.of("identity.oidc", "transport.mina");

    @Inject
    private BundleContext context;

    @Inject
    @Filter("(osgi.condition.id=sallyport.ready)")
    private Condition ready;

    @Inject
    private Plugins plugins;

    @Inject
    private TlsIdentity tls;

    private PluginsFolder folder;
    private HeldConnection held;

    @Configuration
    public Option[] server() throws Exception {
        Option[] options = AssembledServer.options("swap");
        Path work = AssembledServer.work("swap");
        Path next = work.resolve("next");
        for (Map.Entry<String, Class<?>> adapter : NEXT.entrySet()) {
            NextVersions.bundle(next, ADAPTER + adapter.getKey(), NextVersions.VERSION, adapter.getValue());
            NextVersions.unresolvable(next, ADAPTER + adapter.getKey(), BAD);
        }
        for (String adapter : RENUMBERED) {
            NextVersions.renumbered(AssembledServer.shipped(ADAPTER + adapter), next, ADAPTER + adapter);
            NextVersions.unresolvable(next, ADAPTER + adapter, BAD);
        }
        NextVersions.renumbered(AssembledServer.example("tier-tag"), next, ADAPTER + EXAMPLE);
        // The proofs are closed until they are configured; configured so, they serve and let nobody in.
        AssembledServer.configure(work, ADAPTER + "node.cloud", "accounts = 123456789012\n");
        Path keys = Files.writeString(work.resolve("keys.json"), "{\"keys\":[]}");
        AssembledServer.configure(
                work,
                ADAPTER + "node.oidc-kubernetes",
                """
                sallyport.node.proof = kubernetes
                issuer = https://issuer.example
                audience = sallyport
                jwks = %s
                """
                        .formatted(keys));
        return options;
    }

    @Before
    public void holdAConnection() throws Exception {
        folder = new PluginsFolder(context, plugins);
        await("the first administrator", () -> Files.exists(account()));
        administrator();
        held = HeldConnection.open(tls, Integer.getInteger("sallyport.channel.port"));
    }

    @After
    public void shippedVersionsAreBack() throws Exception {
        held.close();
        folder.restore();
    }

    @Test
    public void theTierPolicyIsReplaced() throws Exception {
        assertFalse(tierRefusal().equals(NewTierPolicy.TEXT));

        folder.drop("tier.aws", NextVersions.VERSION);

        await("the new tier policy", () -> tierRefusal().equals(NewTierPolicy.TEXT));
        held.stillServes();
    }

    @Test
    public void thePolicyDecisionIsReplaced() throws Exception {
        assertTrue(allows("ssm:StartSession"));

        folder.drop("policy.iam", NextVersions.VERSION);

        await("the new decision", () -> !allows("ssm:StartSession") && allows(NewAuthorizer.ALLOWED));
        held.stillServes();
    }

    @Test
    public void theLocalRealmIsReplaced() throws Exception {
        assertFalse(signsIn(NewIdentityProvider.PASSWORD));

        folder.drop("identity.local", NextVersions.VERSION);

        await("the new realm", () -> signsIn(NewIdentityProvider.PASSWORD));
        held.stillServes();
    }

    @Test
    public void hybridActivationsAreReplaced() throws Exception {
        assertFalse(listsActivation(NewAdmission.ID));

        folder.drop("node.activation", NextVersions.VERSION);

        await("the new activations", () -> listsActivation(NewAdmission.ID));
        held.stillServes();
    }

    @Test
    public void theProofOfCloudInstancesIsReplaced() throws Exception {
        await("the shipped proof", () -> register("cloud", NewProof.DOCUMENT).contains("no certificate is configured"));

        folder.drop("node.cloud", NextVersions.VERSION);

        await("the new proof", () -> register("cloud", NewProof.DOCUMENT).equals(LET_IN + NewProof.INSTANCE));
        held.stillServes();
    }

    @Test
    public void theProofByTokensIsReplaced() throws Exception {
        await("the shipped proof", () -> register("kubernetes", NewProof.DOCUMENT)
                .contains("cannot be read as a signed token"));

        folder.drop("node.oidc", NextVersions.VERSION);

        await("the new proof", () -> register("kubernetes", NewProof.DOCUMENT).startsWith(LET_IN + "mi-"));
        held.stillServes();
    }

    @Test
    public void theVerifierOfForeignTokensIsReplaced() throws Exception {
        folder.drop("identity.oidc", NextVersions.VERSION);

        await("the new verifier", () -> folder.runs(ADAPTER + "identity.oidc", NextVersions.VERSION));
        held.stillServes();
    }

    @Test
    public void theTransportIsReplacedAndListensAgain() throws Exception {
        folder.drop("transport.mina", NextVersions.VERSION);

        await("the new transport", () -> folder.runs(ADAPTER + "transport.mina", NextVersions.VERSION));
        await(
                "a listener of the new transport",
                () -> serving() != null && serving().getVersion().toString().startsWith(NextVersions.VERSION));
        held.close();
        await("an answer of the new transport", () -> {
            held = HeldConnection.open(tls, Integer.getInteger("sallyport.channel.port"));
            held.stillServes();
            return true;
        });
    }

    @Test
    public void anAdapterThatWasNotThereIsAddedTakesEffectAndIsTakenAway() throws Exception {
        String before = tierRefusal();
        assertFalse(before.contains("need the tag"));

        folder.drop(EXAMPLE, NextVersions.VERSION);
        await("the tiers by tag", () -> tierRefusal().contains("need the tag tier=advanced"));
        held.stillServes();

        folder.remove(EXAMPLE, NextVersions.VERSION);
        await("the tiers of before", () -> tierRefusal().equals(before));
        held.stillServes();
    }

    @Test
    public void aJarThatDoesNotResolveLeavesTheOldOneRunning() throws Exception {
        List<String> adapters = plugins.list().stream()
                .map(plugin -> plugin.symbolicName().substring(ADAPTER.length()))
                .toList();
        assertEquals("all that are shipped: " + adapters, NEXT.size() + RENUMBERED.size(), adapters.size());

        for (String adapter : adapters) {
            Bundle before = folder.bundle(ADAPTER + adapter);
            long modified = before.getLastModified();

            folder.drop(adapter, BAD);

            await(
                    "the refusal of " + adapter,
                    () -> folder.plugin(ADAPTER + adapter).problem().isPresent());
            Plugins.Plugin after = folder.plugin(ADAPTER + adapter);
            assertEquals(Bundle.ACTIVE, before.getState());
            assertEquals(adapter + " was not touched", modified, before.getLastModified());
            assertTrue(adapter, after.version().orElse("none").startsWith("0.1.0"));
            assertTrue(adapter, after.problem().orElseThrow().contains("org.sallyport.nowhere"));
            held.stillServes();
        }
    }

    private Bundle serving() {
        var reference = context.getServiceReference(Transport.class);
        return reference == null ? null : reference.getBundle();
    }
}
