package org.sallyport.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.sallyport.api.plugin.Plugins.Plugin;

/** In a real framework, with adapters made on the spot. */
class PluginSwapTest {
    private static final String NAME = "org.example.adapter";

    @TempDir
    Path root;

    private PluginServer server;

    @BeforeEach
    void start() throws Exception {
        server = new PluginServer(root);
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void installsWhatLiesThereBeforeItTellsItsState() throws Exception {
        TestJar.adapter(NAME, "1.0.0", "one").drop(server.folder, "a.jar");
        server.startComponent();

        await().until(server::up);

        Plugin plugin = server.listed(NAME).orElseThrow();
        assertThat(server.says(NAME)).contains("one");
        assertThat(plugin.state()).isEqualTo("active");
        assertThat(plugin.version()).contains("1.0.0");
        assertThat(plugin.sha256().orElseThrow()).matches("[0-9a-f]{64}");
        assertThat(plugin.problem()).isEmpty();
        assertThat(server.paths.store().resolve(plugin.sha256().get() + ".jar")).exists();
        assertThat(Files.readString(server.paths.desired()))
                .contains(NAME, plugin.sha256().get());
    }

    @Test
    void swapsABundleInPlace() throws Exception {
        startWith("1.0.0", "one");
        long id = server.bundle(NAME).orElseThrow().getBundleId();

        TestJar.adapter(NAME, "2.0.0", "two").drop(server.folder, "a.jar");

        await().until(() -> server.says(NAME).equals(Optional.of("two")));
        await().until(() -> server.listed(NAME).orElseThrow().version().equals(Optional.of("2.0.0")));
        assertThat(server.bundle(NAME).orElseThrow().getBundleId()).isEqualTo(id);
    }

    @Test
    void swapsASingletonOfTheSameVersion() throws Exception {
        String singleton = NAME + ";singleton:=true";
        TestJar.adapter(singleton, "1.0.0", "one").drop(server.folder, "a.jar");
        server.startComponent();
        await().until(() -> server.says(NAME).equals(Optional.of("one")));

        TestJar.adapter(singleton, "1.0.0", "two").drop(server.folder, "a.jar");

        await().until(() -> server.says(NAME).equals(Optional.of("two")));
    }

    @Test
    void aJarThatDoesNotResolveNeverInterruptsTheOldOne() throws Exception {
        startWith("1.0.0", "one");
        server.events.clear();

        TestJar.adapter(NAME, "2.0.0", "two")
                .header("Import-Package", "org.osgi.framework,org.example.nowhere")
                .drop(server.folder, "a.jar");

        await().until(() -> server.refused(NAME));
        assertThat(server.problem(NAME)).contains("does not resolve").contains("org.example.nowhere");
        assertThat(server.listed(NAME).orElseThrow().version()).contains("1.0.0");
        assertThat(server.says(NAME)).contains("one");
        assertThat(server.events).noneMatch(event -> event.endsWith(" " + NAME));
        assertThat(server.context().getBundles()).hasSize(2);
    }

    @Test
    void aJarThatDoesNotStartIsRolledBackAndNotTriedAgain() throws Exception {
        startWith("1.0.0", "one");

        TestJar.adapter(NAME, "2.0.0", "nothing").drop(server.folder, "a.jar");

        await().until(() -> server.refused(NAME));
        assertThat(server.problem(NAME)).contains("does not start").contains("does not want to start");
        assertThat(server.says(NAME)).contains("one");
        assertThat(server.listed(NAME).orElseThrow().version()).contains("1.0.0");

        server.events.clear();
        TestJar.adapter("org.example.other", "1.0.0", "other").drop(server.folder, "b.jar");
        await().until(() -> server.says("org.example.other").isPresent());
        assertThat(server.events).noneMatch(event -> event.endsWith(" " + NAME));

        TestJar.adapter(NAME, "2.0.1", "repaired").drop(server.folder, "a.jar");
        await().until(() -> server.says(NAME).equals(Optional.of("repaired")));
        await().until(() -> !server.refused(NAME));
    }

    @Test
    void aFirstJarThatDoesNotStartLeavesNothingInstalled() throws Exception {
        TestJar.adapter(NAME, "1.0.0", "nothing").drop(server.folder, "a.jar");
        server.startComponent();

        await().until(() -> server.refused(NAME));

        assertThat(server.bundle(NAME)).isEmpty();
        assertThat(server.listed(NAME).orElseThrow().version()).isEmpty();
    }

    @Test
    void removingTheFileUninstalls() throws Exception {
        startWith("1.0.0", "one");
        String sha256 = server.listed(NAME).flatMap(Plugin::sha256).orElseThrow();

        Files.delete(server.folder.resolve("a.jar"));

        await().until(() -> server.bundle(NAME).isEmpty());
        await().until(() -> server.listed(NAME).isEmpty());
        await().until(() -> !Files.exists(server.paths.store().resolve(sha256 + ".jar")));
    }

    @Test
    void renamingTheFileInterruptsNothing() throws Exception {
        startWith("1.0.0", "one");
        server.events.clear();

        Files.move(server.folder.resolve("a.jar"), server.folder.resolve("b.jar"));

        await().until(() -> Files.readString(server.paths.desired()).contains("b.jar"));
        assertThat(server.listed(NAME).orElseThrow().state()).isEqualTo("active");
        assertThat(server.events).noneMatch(event -> event.endsWith(" " + NAME));
    }

    @Test
    void aFileThatTurnsToGarbageLeavesTheOldOneRunning() throws Exception {
        startWith("1.0.0", "one");
        server.events.clear();

        TestJar.drop(server.folder, "a.jar", "garbage".getBytes(StandardCharsets.UTF_8), Instant.now());

        await().until(() -> server.refused(NAME));
        assertThat(server.problem(NAME)).contains("not a complete jar");
        assertThat(server.says(NAME)).contains("one");
        assertThat(server.events).noneMatch(event -> event.endsWith(" " + NAME));
    }

    @Test
    void ofTwoJarsTheNewerRunsAndTheOtherIsNamed() throws Exception {
        Instant now = Instant.now();
        TestJar.drop(
                server.folder,
                "z-old.jar",
                TestJar.adapter(NAME, "9.0.0", "old").bytes(),
                now.minusSeconds(60));
        TestJar.drop(
                server.folder,
                "a-new.jar",
                TestJar.adapter(NAME, "1.0.0", "new").bytes(),
                now);
        server.startComponent();

        await().until(server::up);

        assertThat(server.says(NAME)).contains("new");
        assertThat(server.listed(NAME).orElseThrow().state()).isEqualTo("active");
        assertThat(server.problem(NAME)).contains("z-old.jar is ignored");

        Files.delete(server.folder.resolve("a-new.jar"));
        await().until(() -> server.says(NAME).equals(Optional.of("old")));
    }

    @Test
    void bundlesOfTheServerCannotBeReplaced() throws Exception {
        byte[] core =
                TestJar.adapter("org.sallyport.core.session", "1.0.0", "core").bytes();
        Bundle installed = server.context().installBundle("system:core", new ByteArrayInputStream(core));
        installed.start();
        TestJar.adapter("org.sallyport.core.session", "2.0.0", "evil").drop(server.folder, "a.jar");
        server.startComponent();

        await().until(() -> server.refused("org.sallyport.core.session"));

        assertThat(server.problem("org.sallyport.core.session")).contains("bundle of the server itself");
        assertThat(installed.getState()).isEqualTo(Bundle.ACTIVE);
        assertThat(server.bundle("org.sallyport.core.session")).isEmpty();
    }

    @Test
    void whatIsNoAdapterIsRefusedWithItsReason() throws Exception {
        TestJar.drop(server.folder, "garbage.jar", new byte[] {1, 2, 3}, Instant.now());
        TestJar.adapter(NAME + ".x", "1.0.0", "x").without("Sallyport-Ring").drop(server.folder, "ring.jar");
        TestJar.adapter(NAME + ".y", "1.0.0", "y")
                .without("Bundle-SymbolicName")
                .drop(server.folder, "name.jar");
        TestJar.adapter(NAME + ".z", "1.0.0", "z").header("Fragment-Host", NAME).drop(server.folder, "fragment.jar");
        TestJar.adapter(NAME + ".v", "one", "v").drop(server.folder, "version.jar");
        Files.write(server.folder.resolve(".hidden.jar"), new byte[] {1});
        Files.write(server.folder.resolve("notes.txt"), new byte[] {1});
        TestJar.adapter(NAME, "1.0.0", "one").drop(server.folder, "a.jar");
        server.startComponent();

        await().until(server::up);

        assertThat(server.says(NAME)).contains("one");
        assertThat(server.problem("garbage.jar")).contains("not a complete jar");
        assertThat(server.problem("ring.jar")).contains("Sallyport-Ring: adapter");
        assertThat(server.problem("name.jar")).contains("Bundle-SymbolicName");
        assertThat(server.problem("fragment.jar")).contains("fragment");
        assertThat(server.problem("version.jar")).contains("Bundle-Version");
        assertThat(server.listed(".hidden.jar")).isEmpty();
        assertThat(server.listed("notes.txt")).isEmpty();
        assertThat(server.context().getBundles()).hasSize(2);
    }

    private void startWith(String version, String says) throws Exception {
        TestJar.adapter(NAME, version, says).drop(server.folder, "a.jar");
        server.startComponent();
        await().until(server::up);
        assertThat(server.says(NAME)).contains(says);
    }
}
