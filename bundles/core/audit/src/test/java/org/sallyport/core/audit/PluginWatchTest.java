package org.sallyport.core.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.api.plugin.Plugins.Plugin;

class PluginWatchTest {
    @TempDir
    Path folder;

    @Test
    void eachChangeOfAnAdapterIsToldOnce() throws Exception {
        List<Plugin> plugins = new ArrayList<>();
        try (World world = new World(folder)) {
            PluginWatch watch = new PluginWatch(world.writer.recorder(), () -> List.copyOf(plugins));
            plugins.add(plugin("1.0.0", "aa", Optional.empty()));
            watch.look();
            watch.look();
            plugins.set(0, plugin("1.0.0", "aa", Optional.of("its jar does not resolve")));
            watch.look();
            plugins.set(0, plugin("1.1.0", "bb", Optional.empty()));
            watch.look();
            plugins.clear();
            watch.look();
            watch.look();
        }
        List<String> told = World.lines(folder).stream()
                .filter(line -> line.contains("plugin.sallyport"))
                .toList();
        assertThat(told).hasSize(4);
        assertThat(told.get(0)).contains("\"sha256\":\"aa\"", "PluginChanged").doesNotContain("errorCode");
        assertThat(told.get(1)).contains("\"errorCode\":\"Refused\"", "its jar does not resolve");
        assertThat(told.get(2)).contains("\"sha256\":\"bb\"", "1.1.0");
        assertThat(told.get(3)).contains("PluginRemoved");
    }

    private static Plugin plugin(String version, String sha256, Optional<String> problem) {
        return new Plugin(
                "org.sallyport.adapter.tier.aws", Optional.of(version), Optional.of(sha256), "active", problem);
    }
}
