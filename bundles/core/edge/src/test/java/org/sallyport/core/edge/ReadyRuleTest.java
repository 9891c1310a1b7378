package org.sallyport.core.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.sallyport.api.plugin.Plugins.Plugin;

class ReadyRuleTest {
    private static final Set<String> BUNDLES = Set.of("org.sallyport.core.access", "org.sallyport.core.node");

    private static Plugin plugin(String name, String state) {
        return new Plugin(name, Optional.of("1.0.0"), Optional.empty(), state, Optional.empty());
    }

    @Test
    void readyWhenAllMigrationsRanAndEachPluginHasAnOutcome() {
        List<Plugin> plugins = List.of(plugin("a", "active"), plugin("b", "refused"));

        assertThat(ReadyRule.missing(BUNDLES, BUNDLES, Optional.of(plugins), Duration.ZERO))
                .isEmpty();
    }

    @Test
    void aMissingMigrationIsNamedHoweverLongItTakes() {
        assertThat(ReadyRule.missing(
                        BUNDLES, Set.of("org.sallyport.core.node"), Optional.of(List.of()), Duration.ofDays(1)))
                .containsExactly("migrations of org.sallyport.core.access");
    }

    @Test
    void withoutTheReportOfPluginsTheServerIsNotReady() {
        assertThat(ReadyRule.missing(BUNDLES, BUNDLES, Optional.empty(), Duration.ZERO))
                .containsExactly("desired state of plugins");
    }

    @Test
    void anAdapterThatStartsSlowlyIsWaitedForWithinItsGrace() {
        Optional<List<Plugin>> plugins = Optional.of(List.of(plugin("slow", "stopped")));

        assertThat(ReadyRule.missing(Set.of(), Set.of(), plugins, Duration.ofSeconds(14)))
                .containsExactly("start of plugin slow");
        assertThat(ReadyRule.missing(Set.of(), Set.of(), plugins, Duration.ofSeconds(15)))
                .isEmpty();
    }
}
