package org.sallyport.core.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownSettingsTest {
    private final KnownSettings known = new KnownSettings();

    @Test
    void saysWhichSettingsAreOtherThanBefore() {
        known.look("p", settings(Map.of("url", "a", "password", "old", "size", 1, "list", new String[] {"x", "y"})));

        assertThat(known.changed(
                        "p",
                        settings(Map.of("url", "a", "password", "old", "size", 1, "list", new String[] {"x", "y"}))))
                .isEmpty();
        assertThat(known.changed(
                        "p",
                        settings(Map.of("url", "a", "password", "new", "more", true, "list", new String[] {"x", "z"}))))
                .isEqualTo(Map.of(
                        "added", List.of("more"), "changed", List.of("list", "password"), "removed", List.of("size")));
    }

    @Test
    void aNewOneAndADeletedOneHaveAllTheirSettings() {
        assertThat(known.changed("p", settings(Map.of("service.pid", "p", "b", 2, "a", 1))))
                .isEqualTo(Map.of("added", List.of("a", "b")));
        assertThat(known.changed("p", null)).isEqualTo(Map.of("removed", List.of("a", "b")));
        assertThat(known.changed("p", null)).isEmpty();
    }

    @Test
    void aFileIsToldWithItsOwner(@TempDir Path folder) throws Exception {
        Path file = Files.createFile(folder.resolve("p.cfg"));

        assertThat(RuntimeChanges.ofFile(file.toUri().toString()))
                .isEqualTo(Map.of(
                        "file",
                        file.toUri().toString(),
                        "fileOwner",
                        Files.getOwner(file).getName()));
        assertThat(RuntimeChanges.ofFile("file:/nowhere/p.cfg")).containsOnlyKeys("file");
        assertThat(RuntimeChanges.ofFile("no address at all")).containsOnlyKeys("file");
    }

    private static Hashtable<String, Object> settings(Map<String, Object> all) {
        return new Hashtable<>(all);
    }
}
