package org.sallyport.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstructionsTest {
    /** As {@code openssl x509 -fingerprint -sha256} tells it. */
    private static final String FINGERPRINT = "c260352e80bf0fa875c15389a965848d965635fd7ac3320abb724a2d3709682a";

    @TempDir
    Path folder;

    @Test
    void namesTheNodeAndWhatToTypeAndNoSecret() throws IOException {
        String text = print(folder.resolve("data"), "mi-0123");

        assertThat(text)
                .contains("API https://localhost:8443, channels https://localhost:8444, region onprem-1")
                .contains("  https://localhost:8443/console/\n")
                .contains(folder + "/distro/sallyport start-session --target mi-0123")
                .contains("aws ssm start-session --target mi-0123")
                .contains("--ca-fingerprint " + FINGERPRINT)
                .contains("This machine is the managed node mi-0123")
                .doesNotContain("hush");
    }

    @Test
    void namesTheLineForASecondNodeWhenThatWouldReachThisMachine() throws IOException {
        Layout layout = layout(folder.resolve("distro/target"), folder.resolve("data"));

        assertThat(print(layout, "mi-0123", "localhost"))
                .contains(folder + "/distro/run --host <name")
                .doesNotContain("activations create");
        assertThat(print(layout, "mi-0123", "2001:db8::7"))
                .contains("  https://[2001:db8::7]:8443/console/\n")
                .contains("activations create --channel-url https://[2001:db8::7]:8444")
                .contains(folder + "/distro/package-agent")
                .doesNotContain("localhost");
    }

    @Test
    void saysSoWithoutANode() throws IOException {
        assertThat(print(folder.resolve("data"), ""))
                .contains("No node was enrolled")
                .contains("start-session --target <node id>");
    }

    @Test
    void printsASignInThatAShellUnderstandsWhateverTheFolderIsCalled() throws Exception {
        Path strange = folder.resolve("it's a $(folder)");
        Path data = strange.resolve("data");
        Layout layout = layout(strange.resolve("distro/target"), data);
        Files.writeString(data.resolve("connection.json"), "{\n  \"adminPassword\" : \"hu/sh+\"\n}");
        Path program = strange.resolve("distro/sallyport");
        Files.writeString(program, "#!/bin/sh\necho \"$*|$(cat)\"\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        String text = print(layout, "mi-0123", "localhost");
        String commandLine =
                text.substring(text.indexOf("Sign in with the command line"), text.indexOf("Then a shell"));
        String signIn = commandLine.substring(commandLine.indexOf("  sed -n"));

        Process shell = new ProcessBuilder("/bin/sh", "-c", signIn).start();

        assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip())
                .isEqualTo("login --url https://localhost:8443 --ca-fingerprint %s --user admin --password-stdin|hu/sh+"
                        .formatted(FINGERPRINT));
    }

    private String print(Path data, String nodeId) throws IOException {
        return print(layout(folder.resolve("distro/target"), data), nodeId, "localhost");
    }

    private static Layout layout(Path distribution, Path data) throws IOException {
        Layout layout = new Layout(distribution, data);
        Files.createDirectories(distribution);
        Files.createDirectories(layout.certificateAuthority().getParent());
        try (InputStream ca = InstructionsTest.class.getResourceAsStream("ca.pem")) {
            Files.copy(ca, layout.certificateAuthority());
        }
        return layout;
    }

    private static String print(Layout layout, String nodeId, String host) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new Instructions(layout, new Endpoints("onprem-1", host, 8443, 8444), "admin", nodeId)
                .print(new PrintStream(out, true));
        return out.toString(StandardCharsets.UTF_8);
    }
}
