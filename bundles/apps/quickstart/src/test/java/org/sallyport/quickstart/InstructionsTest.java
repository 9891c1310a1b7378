package org.sallyport.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
                .contains("AWS_CA_BUNDLE=" + folder + "/data/server/tls/ca.pem")
                .contains("SSL_CERT_FILE=" + folder + "/data/server/tls/ca.pem")
                .contains("sallyport-agent register --url https://localhost:8443")
                .contains("--ca-fingerprint " + FINGERPRINT)
                .contains("This machine is the managed node mi-0123")
                .doesNotContain("hush");
    }

    @Test
    void saysSoWithoutANode() throws IOException {
        assertThat(print(folder.resolve("data"), ""))
                .contains("No node was enrolled")
                .contains("start-session --target <node id>");
    }

    @Test
    void printsExportsThatAShellUnderstandsWhateverTheFolderIsCalled() throws Exception {
        Path data = folder.resolve("it's a $(folder)");
        String exports = print(data, "mi-0123")
                .lines()
                .filter(line -> line.startsWith("  export "))
                .reduce("", (all, line) -> all + line + "\n");
        Files.writeString(
                data.resolve("connection.json"),
                "{\n  \"accessKeyId\" : \"AKIA\",\n  \"secretAccessKey\" : \"hu/sh+\"\n}");

        Process shell = new ProcessBuilder(
                        "/bin/sh",
                        "-c",
                        exports + "echo \"$AWS_ACCESS_KEY_ID|$AWS_SECRET_ACCESS_KEY|$AWS_REGION|$SSL_CERT_FILE\"")
                .start();

        assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip())
                .isEqualTo("AKIA|hu/sh+|onprem-1|" + data.resolve("server/tls/ca.pem"));
    }

    private String print(Path data, String nodeId) throws IOException {
        Layout layout = new Layout(folder.resolve("distro/target"), data);
        Files.createDirectories(layout.certificateAuthority().getParent());
        try (InputStream ca = InstructionsTest.class.getResourceAsStream("ca.pem")) {
            Files.copy(ca, layout.certificateAuthority());
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new Instructions(layout, new Endpoints("onprem-1", 8443, 8444), nodeId).print(new PrintStream(out, true));
        return out.toString(StandardCharsets.UTF_8);
    }
}
