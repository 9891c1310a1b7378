package org.sallyport.front.enrol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnrolmentOfferTest {
    private static final String LINUX = "sallyport-agent-1.0-linux-x64.tar.gz";

    @TempDir
    Path folder;

    @Test
    void theLineIsOneLineOfPlainWordsAroundAStaticText() throws IOException {
        Files.writeString(folder.resolve(LINUX), "package");

        String line = Offers.of(folder).lines(Offers.ID).get("linux");

        assertThat(line).doesNotContain("\n").hasSizeLessThan(4096);
        assertThat(line.chars().filter(c -> c == '\'').count()).isEqualTo(2);
        assertThat(line.substring(line.lastIndexOf('\'') + 1))
                .isEqualTo(
                        " enrol https://sally.example:443 %s %s --channel-url https://sally.example:8444 --region onprem-1 --id %s"
                                .formatted(Offers.FINGERPRINT, Script.install().sha256(), Offers.ID));
        assertThat(line).contains("--cacert ca").doesNotContain("-k ").doesNotContain("insecure");
    }

    @Test
    void theLineForWindowsIsOneLineOfPowerShellWithTheScriptOfItsOwn() throws IOException {
        Files.writeString(folder.resolve("sallyport-agent-1.0-windows-x64.zip"), "package");
        EnrolmentOffer offer = Offers.of(folder);

        String line = offer.lines(Offers.ID).get("windows");

        String hash = Script.installOnWindows().sha256();
        assertThat(offer.lines(Offers.ID)).containsOnlyKeys("windows");
        assertThat(line).doesNotContain("\n").hasSizeLessThan(4096).startsWith("& { ");
        assertThat(line)
                .endsWith(
                        " } 'https://sally.example:443' '%s' '%s' --channel-url 'https://sally.example:8444' --region 'onprem-1' --id %s"
                                .formatted(Offers.FINGERPRINT, hash, Offers.ID));
        assertThat(offer.script(hash).orElseThrow().bytes())
                .isEqualTo(Script.installOnWindows().bytes());
        assertThat(line.substring(0, line.indexOf(" } '"))).doesNotContain("'").doesNotContain("# ");
    }

    @Test
    void aPlatformWithoutAPackageHasNoLine() throws IOException {
        assertThat(Offers.of(folder, folder.resolve("missing")).lines(Offers.ID))
                .isEmpty();

        Files.writeString(folder.resolve("sallyport-agent-1.0-macos-aarch64.tar.gz"), "package");
        Files.writeString(folder.resolve("sallyport-agent-1.0-windows-x64.tar.gz"), "package");
        Files.writeString(folder.resolve("sallyport-agent-1.0-linux-x64.zip"), "package");
        Files.writeString(folder.resolve("sallyport-agent-1.0-windows-aarch64.zip"), "package");
        Files.writeString(folder.resolve("sallyport-agent-1.0 -linux-x64.tar.gz"), "package");
        Files.writeString(folder.resolve("sallyport-agent-2.0-linux-x64.tar.gz"), "");
        Files.createSymbolicLink(folder.resolve(LINUX), folder.resolve("sallyport-agent-1.0-macos-aarch64.tar.gz"));

        assertThat(Offers.of(folder).lines(Offers.ID)).containsOnlyKeys("macos");
    }

    @Test
    void whatIsNoIdNeverGetsIntoALine() throws IOException {
        Files.writeString(folder.resolve(LINUX), "package");
        EnrolmentOffer offer = Offers.of(folder);

        for (String id : List.of("", "x; rm -rf /", Offers.ID + "'", "$(id)".repeat(8))) {
            assertThatThrownBy(() -> offer.lines(id)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> new Lines(Offers.address("https://sally.example"), "0a 'x'", "00", "00")
                        .prefixes(offer.packages().list()))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void theNewestPackageComesFirstAndItsHashIsItsContents() throws IOException {
        Path old = Files.writeString(folder.resolve("sallyport-agent-2.0-linux-x64.tar.gz"), "old");
        Files.setLastModifiedTime(old, FileTime.fromMillis(1_000));
        Files.writeString(folder.resolve(LINUX), "new");

        List<AgentPackage> packages = Offers.of(folder).packages().list();

        assertThat(packages)
                .extracting(AgentPackage::name)
                .containsExactly(LINUX, old.getFileName().toString());
        assertThat(packages.get(0).sha256())
                .isEqualTo("11507a0e2f5e69d5dfa40a62a1bd7b6ee57e6bcd85c67c9b8431b36fff21c437");
    }
}
