package org.sallyport.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.core.plugin.sample.Census;

class LookedAroundTest {
    private static final String COUNTING = "org.example.counting";
    private static final LookedAround CENSUS = new LookedAround(COUNTING, Census.class.getName());

    @TempDir
    Path root;

    private PluginServer server;

    @BeforeEach
    void startServer() throws Exception {
        System.clearProperty(Census.PROPERTY);
        server = new PluginServer(root);
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
        System.clearProperty(Census.PROPERTY);
    }

    @Test
    void theClassHasSeenTheBundlesBeforeTheFirstPluginIsTouched() throws Exception {
        byte[] counting =
                TestJar.adapter(COUNTING, "1.0.0", "census").with(Census.class).bytes();
        server.context()
                .installBundle("counting", new ByteArrayInputStream(counting))
                .start();
        TestJar.adapter("org.example.adapter", "1.0.0", "one").drop(server.folder, "a.jar");

        server.startComponent(CENSUS);

        await().until(server::up);
        assertThat(server.says("org.example.adapter")).contains("one");
        assertThat(System.getProperty(Census.PROPERTY)).contains(COUNTING).doesNotContain("org.example.adapter");
    }

    @Test
    void aBundleWithoutTheClassOrThatDoesNotRunHoldsNothingUp() throws Exception {
        byte[] without = TestJar.adapter(COUNTING, "1.0.0", "nothing to see").bytes();
        server.context().installBundle("counting", new ByteArrayInputStream(without));
        CENSUS.now(server.context());

        server.context().getBundle("counting").start();
        CENSUS.now(server.context());

        assertThat(System.getProperty(Census.PROPERTY)).isNull();
    }
}
