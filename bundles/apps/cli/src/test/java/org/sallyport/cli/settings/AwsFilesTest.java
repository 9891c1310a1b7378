package org.sallyport.cli.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AwsFilesTest {
    @TempDir
    Path folder;

    @Test
    void joinsBothFilesAndTheCredentialsFileWins() throws IOException {
        AwsFiles files = read(
                "[default]\nregion=one\naws_access_key_id=config\n[profile  work]\nREGION = two # kept as it is\n",
                "# comment\n; another\n[default]\naws_access_key_id = credentials\n[work]\naws_access_key_id=w\n");

        assertThat(files.value("default", "region")).contains("one");
        assertThat(files.value("default", "aws_access_key_id")).contains("credentials");
        assertThat(files.value("work", "region")).contains("two # kept as it is");
        assertThat(files.value("work", "aws_access_key_id")).contains("w");
        assertThat(files.has("work")).isTrue();
        assertThat(files.has("one")).isFalse();
    }

    @Test
    void takesAServicesOwnEndpointBeforeThatOfTheProfile() throws IOException {
        AwsFiles files = read(
                """
                [profile both]
                services = here
                endpoint_url = https://any
                [profile one]
                endpoint_url = https://any
                [services here]
                s3 =
                  endpoint_url = https://s3
                ssm =
                  endpoint_url = https://ssm
                """,
                "");

        assertThat(files.endpoint("both", "ssm")).contains("https://ssm");
        assertThat(files.endpoint("both", "sts")).contains("https://any");
        assertThat(files.endpoint("one", "ssm")).contains("https://any");
    }

    @Test
    void aProfileIsNoServicesSection() throws IOException {
        AwsFiles files = read("[services here]\nregion = x\n[lonely]\nregion = y\n", "[services here]\nregion = z\n");

        assertThat(files.has("here")).isFalse();
        assertThat(files.value("services here", "region")).contains("z");
    }

    @Test
    void hasNothingWithoutFiles() throws IOException {
        assertThat(AwsFiles.read(Map.of(), folder).has("default")).isFalse();
    }

    @Test
    void refusesWhatCannotBeAFileOfProfiles() throws IOException {
        Path large = Files.write(folder.resolve("large"), new byte[(1 << 20) + 1]);
        Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});

        assertThatThrownBy(() -> AwsFiles.read(Map.of("AWS_CONFIG_FILE", large.toString()), folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("1 MiB");
        assertThatThrownBy(() -> AwsFiles.read(Map.of("AWS_SHARED_CREDENTIALS_FILE", binary.toString()), folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("UTF-8");
    }

    private AwsFiles read(String config, String credentials) throws IOException {
        Path one = Files.writeString(folder.resolve("c"), config);
        Path other = Files.writeString(folder.resolve("k"), credentials);
        return AwsFiles.read(
                Map.of("AWS_CONFIG_FILE", one.toString(), "AWS_SHARED_CREDENTIALS_FILE", other.toString()), folder);
    }
}
