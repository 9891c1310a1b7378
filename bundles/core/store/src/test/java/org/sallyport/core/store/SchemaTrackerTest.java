package org.sallyport.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.apache.felix.framework.FrameworkFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;
import org.sallyport.kernel.store.Schema;
import org.sallyport.kernel.store.Transactions;

/** In a real framework, with bundles made on the spot. */
@Tag("store")
class SchemaTrackerTest {
    private static final String TABLE = "CREATE TABLE things (id INTEGER PRIMARY KEY);\n";

    @TempDir
    Path folder;

    private Framework framework;
    private OpenedStore store;
    private SchemaTracker tracker;
    private volatile boolean away;

    @BeforeEach
    void start() throws Exception {
        Map<String, String> properties = new HashMap<>();
        properties.put(Constants.FRAMEWORK_STORAGE, folder.resolve("framework").toString());
        framework = new FrameworkFactory().newFramework(properties);
        framework.start();
        store = OpenedStore.fresh(folder);
        tracker = new SchemaTracker(framework.getBundleContext(), new Interruptible());
    }

    @AfterEach
    void stop() throws Exception {
        tracker.deactivate();
        store.close();
        framework.stop();
        framework.waitForStop(10_000);
    }

    @Test
    void aBundleHasItsSchemaWhileItIsActive() throws Exception {
        Bundle bundle = install("org.example.a", Map.of("migrations/0001-things.sql", TABLE));
        assertThat(version("org.example.a")).isZero();

        bundle.start();
        assertThat(version("org.example.a")).isEqualTo(1);

        bundle.stop();
        assertThat(version("org.example.a")).isZero();

        bundle.start();
        assertThat(version("org.example.a")).isEqualTo(1);
    }

    @Test
    void aBundleWithoutMigrationsHasNone() throws Exception {
        install("org.example.none", Map.of()).start();

        assertThat(version("org.example.none")).isZero();
    }

    @Test
    void aRefusedBundleStaysWithoutAndDisturbsNobody() throws Exception {
        install("org.example.bad", Map.of("migrations/0001-things.sql", "CREATE NONSENSE;\n"))
                .start();
        install("org.example.good", Map.of("migrations/0001-things.sql", TABLE)).start();

        assertThat(version("org.example.bad")).isZero();
        assertThat(version("org.example.good")).isEqualTo(1);
    }

    @Test
    void anUpdatedBundleGetsItsNewMigrations() throws Exception {
        Bundle bundle = install("org.example.a", Map.of("migrations/0001-things.sql", TABLE));
        bundle.start();

        bundle.update(new ByteArrayInputStream(jar(
                "org.example.a",
                Map.of(
                        "migrations/0001-things.sql",
                        TABLE,
                        "migrations/0002-more.sql",
                        "ALTER TABLE things ADD COLUMN name VARCHAR(20);\n"))));

        assertThat(version("org.example.a")).isEqualTo(2);
    }

    @Test
    void whileTheDatabaseIsAwayABundleWaitsForItsSchema() throws Exception {
        away = true;
        install("org.example.waits", Map.of("migrations/0001-things.sql", TABLE))
                .start();
        Bundle stopped = install("org.example.stopped", Map.of("migrations/0001-others.sql", TABLE));
        stopped.start();
        stopped.stop();
        assertThat(version("org.example.waits")).isZero();

        away = false;

        Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> version("org.example.waits") == 1);
        assertThat(version("org.example.stopped")).isZero();
    }

    /** The real ones, unless the database is said to be away. */
    private final class Interruptible implements Transactions {
        @Override
        public <T> T run(Work<T> work) {
            if (away) {
                throw new SallyportException(CommonError.SERVICE_AWAY, "away");
            }
            return store.transactions.run(work);
        }

        @Override
        public boolean active() {
            return store.transactions.active();
        }
    }

    private int version(String bundle) throws Exception {
        BundleContext context = framework.getBundleContext();
        var found = context.getServiceReferences(Schema.class, "(" + Schema.BUNDLE + "=" + bundle + ")");
        for (ServiceReference<Schema> reference : found) {
            return context.getService(reference).version();
        }
        return 0;
    }

    private Bundle install(String name, Map<String, String> files) throws Exception {
        return framework.getBundleContext().installBundle("test:" + name, new ByteArrayInputStream(jar(name, files)));
    }

    private static byte[] jar(String name, Map<String, String> files) throws Exception {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
        main.putValue(Constants.BUNDLE_SYMBOLICNAME, name);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                jar.putNextEntry(new JarEntry(file.getKey()));
                jar.write(file.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }
}
