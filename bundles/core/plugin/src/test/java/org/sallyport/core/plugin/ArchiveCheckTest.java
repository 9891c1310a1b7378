package org.sallyport.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveCheckTest {
    private static final byte[] MANIFEST = "Manifest-Version: 1.0\nA: b\n".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    private Path jar;

    @BeforeEach
    void name() {
        jar = folder.resolve("a.jar");
    }

    private interface Entries {
        void into(ZipOutputStream zip) throws Exception;
    }

    @Test
    void returnsTheManifest() throws Exception {
        write(zip -> add(zip, "org/example/A.class", new byte[10]));

        assertThat(ArchiveCheck.check(jar).getMainAttributes().getValue("A")).isEqualTo("b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../a", "a/../../b", "/etc/passwd", "a\\b", "./a", "a\nb"})
    void refusesNamesThatLeadElsewhere(String name) throws Exception {
        write(zip -> add(zip, name, new byte[1]));

        refused("no plain relative path");
    }

    @Test
    void refusesTooManyEntries() throws Exception {
        write(zip -> {
            for (int i = 0; i < ArchiveCheck.MAX_ENTRIES; i++) {
                add(zip, "e" + i, new byte[0]);
            }
        });

        refused("entries, the limit is");
    }

    @Test
    void refusesAnEntryThatInflatesTooMuch() throws Exception {
        write(zip -> add(zip, "zeros", new byte[8 * 1024 * 1024]));

        refused("compressed more than");
    }

    @Test
    void refusesEntriesThatAreTooLongTogether() throws Exception {
        // random in every second kilobyte: inflates twofold only, so that the ratio does not speak first
        byte[] half = new byte[1024 * 1024];
        new Random(7).nextBytes(half);
        for (int i = 0; i < half.length; i += 2048) {
            Arrays.fill(half, i, i + 1024, (byte) 0);
        }
        write(zip -> {
            for (int i = 0; i < 65; i++) {
                add(zip, "part" + i, half);
            }
        });
        assertThat(Files.size(jar)).isLessThan(ArchiveCheck.MAX_BYTES);

        refused("bytes together");
    }

    @Test
    void refusesAJarThatWasCutOffOrChanged() throws Exception {
        byte[] random = new byte[4096];
        new Random(7).nextBytes(random);
        write(zip -> add(zip, "a", random));
        byte[] whole = Files.readAllBytes(jar);

        for (int length : new int[] {0, 10, whole.length / 2, whole.length - 1}) {
            Files.write(jar, Arrays.copyOf(whole, length));
            refused("not a complete jar");
        }
        byte[] changed = whole.clone();
        changed[whole.length / 2] ^= 1;
        Files.write(jar, changed);
        refused("not a complete jar");
    }

    @Test
    void refusesAJarWithoutAManifestOrWithAHugeOne() throws Exception {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            add(zip, "a", new byte[1]);
        }
        refused("has no META-INF/MANIFEST.MF");

        byte[] noise = new byte[300 * 1024];
        new Random(7).nextBytes(noise);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            add(zip, "META-INF/MANIFEST.MF", noise);
        }
        refused("manifest is longer");
    }

    private void refused(String reason) {
        assertThatThrownBy(() -> ArchiveCheck.check(jar))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining(reason);
    }

    private void write(Entries entries) throws Exception {
        try (OutputStream out = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            add(zip, "META-INF/MANIFEST.MF", MANIFEST);
            entries.into(zip);
        }
    }

    private static void add(ZipOutputStream zip, String name, byte[] content) throws Exception {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
        zip.closeEntry();
    }
}
