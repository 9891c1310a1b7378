package org.sallyport.test.it;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
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
import org.sallyport.api.access.AccessRequest;
import org.sallyport.api.access.DecisionPoint;
import org.sallyport.api.access.Principal;
import org.sallyport.api.access.PrincipalType;
import org.sallyport.api.access.SignIn;
import org.sallyport.api.edge.TlsIdentity;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.node.Activations;
import org.sallyport.api.page.PageRequest;
import org.sallyport.api.plugin.Plugins;
import org.sallyport.kernel.node.Tiers;
import org.sallyport.spi.transport.Transport;
import org.sallyport.test.it.replacement.NewAdmission;
import org.sallyport.test.it.replacement.NewAuthorizer;
import org.sallyport.test.it.replacement.NewIdentityProvider;
import org.sallyport.test.it.replacement.NewTierPolicy;

/** Each shipped adapter is replaced through {@code plugins/}: the new one is seen, others go on, and a bad one changes nothing. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class AdapterSwapIT {
    private static final String ADAPTER = "org.sallyport.adapter.";
    private static final long WAIT_SECONDS = 60;

    @Inject
    private BundleContext context;

    @Inject
    @Filter("(osgi.condition.id=sallyport.ready)")
    private Condition ready;

    @Inject
    private Plugins plugins;

    @Inject
    private DecisionPoint decisions;

    @Inject
    private SignIn signIn;

    @Inject
    private Activations activations;

    @Inject
    private Tiers tiers;

    @Inject
    private TlsIdentity tls;

    private HeldConnection held;
    private Principal administrator;

    @Configuration
    public Option[] server() throws Exception {
        Option[] options = AssembledServer.options("swap");
        Path next = AssembledServer.work("swap").resolve("next");
        NextVersions.bundle(next, ADAPTER + "tier.aws", NextVersions.VERSION, NewTierPolicy.class);
        NextVersions.bundle(next, ADAPTER + "policy.iam", NextVersions.VERSION, NewAuthorizer.class);
        NextVersions.bundle(next, ADAPTER + "identity.local", NextVersions.VERSION, NewIdentityProvider.class);
        NextVersions.bundle(next, ADAPTER + "node.activation", NextVersions.VERSION, NewAdmission.class);
        NextVersions.renumbered(AssembledServer.shipped(ADAPTER + "transport.mina"), next, ADAPTER + "transport.mina");
        NextVersions.unresolvable(next, ADAPTER + "tier.aws", "0.3.0");
        return options;
    }

    @Before
    public void holdAConnection() throws Exception {
        Path account = Path.of(System.getProperty("sallyport.data"), "initial-admin.json");
        await("the first administrator", () -> Files.exists(account));
        administrator();
        held = HeldConnection.open(tls, Integer.getInteger("sallyport.channel.port"));
    }

    @After
    public void shippedVersionsAreBack() throws Exception {
        held.close();
        try (Stream<Path> jars = Files.list(plugins())) {
            for (Path jar : jars.filter(file -> file.toString().contains("-0.")).toList()) {
                if (!jar.getFileName().toString().contains("SNAPSHOT")) {
                    Files.delete(jar);
                }
            }
        }
        for (Plugins.Plugin plugin : plugins.list()) {
            await(plugin.symbolicName() + " is as shipped", () -> runs(plugin.symbolicName(), "0.1.0"));
        }
    }

    @Test
    public void theTierPolicyIsReplaced() throws Exception {
        assertFalse(refusal().filter(NewTierPolicy.TEXT::equals).isPresent());

        drop("tier.aws", NextVersions.VERSION);

        await(
                "the new tier policy",
                () -> refusal().filter(NewTierPolicy.TEXT::equals).isPresent());
        held.stillServes();
    }

    @Test
    public void thePolicyDecisionIsReplaced() throws Exception {
        assertTrue(decisions.allows(new AccessRequest(administrator(), "ssm:StartSession", "*")));

        drop("policy.iam", NextVersions.VERSION);

        await(
                "the new decision",
                () -> !decisions.allows(new AccessRequest(administrator(), "ssm:StartSession", "*"))
                        && decisions.allows(new AccessRequest(administrator(), NewAuthorizer.ALLOWED, "*")));
        held.stillServes();
    }

    @Test
    public void theLocalRealmIsReplaced() throws Exception {
        assertFalse(signsIn(NewIdentityProvider.PASSWORD));

        drop("identity.local", NextVersions.VERSION);

        await("the new realm", () -> signsIn(NewIdentityProvider.PASSWORD));
        held.stillServes();
    }

    @Test
    public void hybridActivationsAreReplaced() throws Exception {
        assertFalse(listsTheOneOfTheNextVersion());

        drop("node.activation", NextVersions.VERSION);

        await("the new activations", this::listsTheOneOfTheNextVersion);
        held.stillServes();
    }

    @Test
    public void theTransportIsReplacedAndListensAgain() throws Exception {
        drop("transport.mina", NextVersions.VERSION);

        await("the new transport", () -> runs(ADAPTER + "transport.mina", NextVersions.VERSION));
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
    public void aJarThatDoesNotResolveLeavesTheOldOneRunning() throws Exception {
        Bundle before = bundle(ADAPTER + "tier.aws");
        long modified = before.getLastModified();

        drop("tier.aws", "0.3.0");

        await("the refusal", () -> plugin(ADAPTER + "tier.aws").problem().isPresent());
        assertEquals(Bundle.ACTIVE, before.getState());
        assertEquals("the old one was not touched", modified, before.getLastModified());
        assertTrue(plugin(ADAPTER + "tier.aws").version().orElse("none").startsWith("0.1.0"));
        assertTrue(plugin(ADAPTER + "tier.aws").problem().orElseThrow().contains("org.sallyport.nowhere"));
        held.stillServes();
    }

    private Optional<String> refusal() {
        try {
            return tiers.session("mi-0123456789abcdef0").map(refusal -> refusal.message());
        } catch (SallyportException e) {
            return Optional.of(e.getMessage());
        }
    }

    private boolean signsIn(String password) {
        try {
            return signIn.withPassword("admin", password.toCharArray()) != null;
        } catch (SallyportException e) {
            return false;
        }
    }

    private boolean listsTheOneOfTheNextVersion() {
        try {
            return activations.list(administrator(), java.util.List.of(), PageRequest.first(50)).items().stream()
                    .anyMatch(activation -> activation.id().equals(NewAdmission.ID));
        } catch (SallyportException e) {
            return false;
        }
    }

    /** The administrator that the first start made, found by signing in as the server keeps it. */
    private Principal administrator() {
        try {
            String text = Files.readString(Path.of(System.getProperty("sallyport.data"), "initial-admin.json"));
            String password = text.replaceAll("(?s).*\"adminPassword\"\\s*:\\s*\"([^\"]*)\".*", "$1");
            if (administrator == null) {
                administrator = signIn.withPassword("admin", password.toCharArray());
            }
            assertEquals(PrincipalType.USER, administrator.type());
            return administrator;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Bundle serving() {
        var reference = context.getServiceReference(Transport.class);
        return reference == null ? null : reference.getBundle();
    }

    private boolean runs(String symbolicName, String version) {
        Plugins.Plugin plugin = plugin(symbolicName);
        return plugin.state().equals("active")
                && plugin.version().orElse("").startsWith(version)
                && bundle(symbolicName).getState() == Bundle.ACTIVE;
    }

    private Plugins.Plugin plugin(String symbolicName) {
        return plugins.list().stream()
                .filter(plugin -> plugin.symbolicName().equals(symbolicName))
                .findFirst()
                .orElseThrow();
    }

    private Bundle bundle(String symbolicName) {
        Bundle found = Arrays.stream(context.getBundles())
                .filter(bundle -> symbolicName.equals(bundle.getSymbolicName()))
                .findFirst()
                .orElse(null);
        assertNotNull(symbolicName, found);
        return found;
    }

    /** As an operator would: copied beside under a dot name, then renamed in one step. */
    private static void drop(String adapter, String version) throws IOException {
        String name = ADAPTER + adapter + "-" + version + ".jar";
        Path source = plugins().resolveSibling("next").resolve(name);
        Path hidden = plugins().resolve("." + name);
        Files.copy(source, hidden, StandardCopyOption.REPLACE_EXISTING);
        Files.setLastModifiedTime(hidden, FileTime.from(Instant.now()));
        Files.move(hidden, plugins().resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    private static Path plugins() {
        return Path.of(System.getProperty("sallyport.plugins"));
    }

    private static void await(String what, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
        Exception last = null;
        while (System.nanoTime() < end) {
            try {
                if (condition.call()) {
                    return;
                }
            } catch (IOException e) {
                last = e;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
        throw new AssertionError("waited in vain for: " + what, last);
    }
}
