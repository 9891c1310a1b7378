package org.sallyport.core.status;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.sallyport.api.plugin.Plugins.Plugin;
import org.sallyport.core.status.ServerStatus.InstalledBundle;

/** The status for people: what is wrong first, then what there is. */
final class StatusText {
    private static final int MAX_CHARS = 800;

    private final StringBuilder text = new StringBuilder();

    private StatusText() {}

    static String of(ServerStatus status) {
        return new StatusText().write(status);
    }

    private String write(ServerStatus status) {
        line(
                "Sallyport %s, up %s: %s",
                status.version(),
                up(status.up()),
                status.healthy() ? "healthy" : status.ready() ? "ready, but not all is well" : "NOT READY");
        section("Missing", status.missing());
        section(
                "Unsatisfied components",
                status.unsatisfied().stream()
                        .map(component -> component.component() + ": " + component.why())
                        .toList());
        section(
                "Parts",
                status.parts().stream()
                        .map(answer -> "%-12s %s"
                                .formatted(answer.part(), facts(answer.reading().facts())))
                        .toList());
        section(
                "Listeners",
                status.listeners().stream()
                        .map(listener -> "%s on port %d, %d connections (%s)"
                                .formatted(
                                        listener.scheme(),
                                        listener.port(),
                                        listener.connections(),
                                        listener.description()))
                        .toList());
        section("Plugins", status.plugins().stream().map(StatusText::plugin).toList());
        section("Bundles", status.bundles().stream().map(StatusText::bundle).toList());
        return text.toString();
    }

    private void section(String title, List<String> lines) {
        if (!lines.isEmpty()) {
            line("%s:", title);
            lines.forEach(entry -> line("  %s", Plain.line(entry, MAX_CHARS)));
        }
    }

    private void line(String format, Object... values) {
        text.append(format.formatted(values)).append('\n');
    }

    private static String facts(Map<String, Object> facts) {
        return facts.entrySet().stream()
                .map(fact -> fact.getKey() + " " + fact.getValue())
                .collect(Collectors.joining(", "));
    }

    private static String plugin(Plugin plugin) {
        return "%s %s %s%s"
                .formatted(
                        plugin.symbolicName(),
                        plugin.version().orElse("none runs"),
                        plugin.state(),
                        plugin.problem().map(problem -> ": " + problem).orElse(""));
    }

    private static String bundle(InstalledBundle bundle) {
        return "%s %s %s%s"
                .formatted(
                        bundle.symbolicName(),
                        bundle.version(),
                        bundle.ring().isEmpty() ? "" : bundle.ring() + " ",
                        bundle.state());
    }

    private static String up(Duration up) {
        return up.toHours() > 0
                ? "%d h %d min".formatted(up.toHours(), up.toMinutesPart())
                : "%d min %d s".formatted(up.toMinutes(), up.toSecondsPart());
    }
}
