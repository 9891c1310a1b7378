package org.sallyport.test.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Adapters are replaced in a running server while somebody works in a shell. */
@Tag("long")
class LiveSwapIT {
    private static final String ADAPTER = "org.sallyport.adapter.";

    @Test
    void aShellGoesOnWhileEachAdapterIsReplacedTheTransportIncluded() throws Exception {
        Path data = LiveSystem.work("swap");
        Path plugins = copyOfShipped(data.resolve("plugins"));
        try (LiveSystem live = LiveSystem.startWith(Map.of("SALLYPORT_PLUGINS", plugins.toString()), data);
                PtyProgram shell = PtyProgram.shell(live)) {
            shell.awaitText("$");
            shell.type("kept=before-the-swaps\r");
            int turn = 0;

            for (String adapter : List.of(
                    "tier.aws",
                    "policy.iam",
                    "identity.local",
                    "identity.oidc",
                    "node.activation",
                    "node.cloud",
                    "node.oidc",
                    "transport.mina")) {
                nextVersion(plugins, ADAPTER + adapter);
                awaitLog(live, "Plugin " + ADAPTER + adapter + " 0.2.0 runs");
                turn++;
                shell.type("echo turn-$((" + turn + "+100))-$kept\r");
                shell.awaitText("turn-" + (turn + 100) + "-before-the-swaps");
            }

            shell.type("exit\r");
            assertThat(shell.exitStatus()).as(shell.screen()).isZero();
        }
    }

    static void awaitLog(LiveSystem live, String text) {
        Path log = live.data().resolve("server/log/server.log");
        Awaitility.await(text).atMost(30, TimeUnit.SECONDS).until(() -> Files.readString(log)
                .contains(text));
    }

    static Path copyOfShipped(Path folder) throws IOException {
        Files.createDirectories(folder);
        try (Stream<Path> jars = Files.list(LiveSystem.program("server/plugins"))) {
            for (Path jar : jars.toList()) {
                Files.copy(jar, folder.resolve(jar.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return folder;
    }

    /** The same bundle under the next version, put in place in one step as an operator would. */
    static void nextVersion(Path plugins, String symbolicName) throws IOException {
        Path shipped;
        try (Stream<Path> jars = Files.list(plugins)) {
            shipped = jars.filter(jar -> jar.getFileName().toString().startsWith(symbolicName + "-"))
                    .findFirst()
                    .orElseThrow();
        }
        Path hidden = plugins.resolve(".next.jar");
        try (JarFile jar = new JarFile(shipped.toFile())) {
            Manifest manifest = jar.getManifest();
            manifest.getMainAttributes().putValue("Bundle-Version", "0.2.0");
            try (OutputStream file = Files.newOutputStream(hidden);
                    JarOutputStream out = new JarOutputStream(file, manifest)) {
                for (JarEntry entry : jar.stream()
                        .filter(e -> !e.getName().equals(JarFile.MANIFEST_NAME))
                        .toList()) {
                    out.putNextEntry(new JarEntry(entry.getName()));
                    try (InputStream in = jar.getInputStream(entry)) {
                        in.transferTo(out);
                    }
                }
            }
        }
        Files.move(hidden, shipped, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
