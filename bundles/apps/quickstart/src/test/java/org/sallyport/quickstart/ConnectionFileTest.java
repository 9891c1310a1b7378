package org.sallyport.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionFileTest {
    private static final String ACCOUNT =
            """
            {"accessKeyId":"AKIA","secretAccessKey":"hush","adminUser":"admin","adminPassword":"psst"}""";

    @TempDir
    Path folder;

    @Test
    void hasAllMembersAndIsForItsOwnerOnly() throws IOException {
        JsonNode written = write(ACCOUNT);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        assertThat(written)
                .isEqualTo(new ObjectMapper()
                        .readTree(
                                """
                                        {"region":"onprem-1","accountId":"123456789012",
                                         "ssm":"https://localhost:8443","sts":"https://localhost:8443",
                                         "iam":"https://localhost:8443","kms":"https://localhost:8443",
                                         "ssmmessages":"https://localhost:8444","console":"https://localhost:8443/console",
                                         "ca":"%s","accessKeyId":"AKIA","secretAccessKey":"hush",
                                         "adminUser":"admin","adminPassword":"psst","nodeId":"mi-1"}"""
                                        .formatted(folder.resolve("server/tls/ca.pem"))));
    }

    @Test
    void replacesAnOlderOneThatOthersCouldRead() throws IOException {
        Files.writeString(file(), "{}");
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r--r--"));
        Files.writeString(folder.resolve("connection.json.new"), "half");

        assertThat(write(ACCOUNT).path("nodeId").asText()).isEqualTo("mi-1");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        assertThat(folder.resolve("connection.json.new")).doesNotExist();
    }

    @Test
    void isNotWrittenFromHalfAnAccount() {
        assertThatThrownBy(() -> write("{\"accessKeyId\":\"AKIA\"}")).hasMessageContaining("secretAccessKey");

        assertThat(file()).doesNotExist();
    }

    private JsonNode write(String account) throws IOException {
        ObjectMapper json = new ObjectMapper();
        Layout layout = new Layout(folder.resolve("distro/target"), folder);
        Endpoints endpoints = new Endpoints("onprem-1", "localhost", 8443, 8444);
        ConnectionFile.write(layout, endpoints, "123456789012", json.readTree(account), "mi-1");
        return json.readTree(file().toFile());
    }

    private Path file() {
        return folder.resolve("connection.json");
    }
}
