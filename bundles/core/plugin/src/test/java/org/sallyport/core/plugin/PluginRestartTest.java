package org.sallyport.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes back after the server or the component was started again. */
class PluginRestartTest {
    private static final String NAME = "org.example.adapter";

    @TempDir
    Path root;

    private PluginServer server;

    @BeforeEach
    void startWithOneAdapter() throws Exception {
        server = new PluginServer(root);
        TestJar.adapter(NAME, "1.0.0", "one").drop(server.folder, "a.jar");
        server.startComponent();
        await().until(server::up);
        assertThat(server.says(NAME)).contains("one");
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void theDesiredStateComesBackFromTheStore() throws Exception {
        restart(() -> {});

        assertThat(server.says(NAME)).contains("one");
        assertThat(server.listed(NAME).orElseThrow().state()).isEqualTo("active");
        assertThat(server.events).doesNotContain("updated " + NAME);
    }

    @Test
    void aFileThatWasDamagedMeanwhileDoesNotMatterToTheStore() throws Exception {
        restart(() -> TestJar.drop(server.folder, "a.jar", new byte[] {1}, Instant.now()));

        assertThat(server.says(NAME)).contains("one");
        assertThat(server.problem(NAME)).contains("not a complete jar");
    }

    @Test
    void aFileThatWasReplacedMeanwhileRuns() throws Exception {
        restart(() -> TestJar.adapter(NAME, "2.0.0", "two").drop(server.folder, "a.jar"));

        assertThat(server.says(NAME)).contains("two");
    }

    @Test
    void aFileThatWasRemovedMeanwhileIsUninstalled() throws Exception {
        restart(() -> Files.delete(server.folder.resolve("a.jar")));

        assertThat(server.bundle(NAME)).isEmpty();
        assertThat(server.listed(NAME)).isEmpty();
    }

    @Test
    void aDamagedStoreIsMadeAgainFromTheFolder() throws Exception {
        byte[] fresh = TestJar.adapter(NAME, "1.0.0", "one").bytes();
        restart(() -> {
            Path stored = server.paths
                    .store()
                    .resolve(Files.list(server.paths.store()).findFirst().orElseThrow());
            Files.write(stored, new byte[] {1, 2, 3});
            // the framework's own copy is not what was started, so the store is asked
            server.bundle(NAME).orElseThrow().update(new ByteArrayInputStream(fresh));
        });

        assertThat(server.says(NAME)).contains("one");
        assertThat(server.listed(NAME).orElseThrow().problem()).isEmpty();
    }

    @Test
    void aDamagedLockFileIsMadeAgainFromTheFolder() throws Exception {
        restart(() -> Files.writeString(server.paths.desired(), "{\"format\":1,\"format\":1"));

        assertThat(server.says(NAME)).contains("one");
        assertThat(Files.readString(server.paths.desired())).contains(NAME);
    }

    @Test
    void aCrashInTheMiddleOfASwapComesBackWithWhatRanLast() throws Exception {
        byte[] half = TestJar.adapter(NAME, "2.0.0", "half").bytes();

        restart(() -> server.bundle(NAME).orElseThrow().update(new ByteArrayInputStream(half)));

        assertThat(server.says(NAME)).contains("one");
        assertThat(server.listed(NAME).orElseThrow().version()).contains("1.0.0");
    }

    @Test
    void adaptersGoOnWhileTheComponentItselfIsAway() throws Exception {
        server.events.clear();

        server.stopComponent();
        assertThat(server.says(NAME)).contains("one");
        server.startComponent();
        await().until(server::up);

        assertThat(server.says(NAME)).contains("one");
        assertThat(server.events).noneMatch(event -> event.endsWith(" " + NAME));
    }

    private interface Meanwhile {
        void happens() throws Exception;
    }

    private void restart(Meanwhile meanwhile) throws Exception {
        server.stopComponent();
        meanwhile.happens();
        server.close();
        server = new PluginServer(root);
        server.startComponent();
        await().until(server::up);
    }
}
