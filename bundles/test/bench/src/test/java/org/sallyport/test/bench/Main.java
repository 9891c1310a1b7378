package org.sallyport.test.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.sallyport.test.bench.Setting.Sizes;
import org.sallyport.test.e2e.LiveSystem;

/**
 * {@code run [--short] [part …]} measures beside OpenSSH, {@code lists} measures the lists, {@code browser-lists} measures them in a
 * browser, {@code fleet} a boot storm of nodes, {@code seed} fills a store. Figures go to
 * standard output and to {@code bench.txt} and {@code bench.json} in the module's target folder.
 */
public final class Main {
    private static final Map<String, Part> PARTS = parts();

    private Main() {}

    private static Map<String, Part> parts() {
        Map<String, Part> parts = new LinkedHashMap<>();
        parts.put("echo", new KeyEcho());
        parts.put("whole", new WholeCommand());
        parts.put("prompt", new FirstPrompt());
        parts.put("cat", new Cat());
        parts.put("flood", new Flood());
        parts.put("swap", new Swap());
        parts.put("cold", new ColdStart());
        parts.put("agent", new RestingAgent());
        return parts;
    }

    public static void main(String[] arguments) throws Exception {
        List<String> words = new ArrayList<>(List.of(arguments));
        String command = words.isEmpty() ? "run" : words.remove(0);
        try {
            switch (command) {
                case "run" -> {
                    Sizes sizes = words.remove("--short") ? Sizes.SHORT : Sizes.USUAL;
                    System.out.println(run(sizes, words).text());
                }
                case "lists" -> {
                    Report report = new Report();
                    ListTimes.measure(1, report);
                    report.write(folder("lists"));
                }
                case "browser-lists" -> {
                    BrowserLists.missing().ifPresent(what -> {
                        throw new IllegalArgumentException(what);
                    });
                    BrowserLists.measure(words.isEmpty() ? 15 : Integer.parseInt(words.get(0)), System.out::println);
                }
                case "fleet" -> {
                    FleetRun.Plan plan = FleetRun.Plan.of(words);
                    Report report = new Report();
                    FleetRun.run(plan, report);
                    report.write(folder("fleet"));
                }
                case "seed" -> Seed.run(Seed.plan(words));
                default ->
                    throw new IllegalArgumentException(
                            "There is no command " + command + "; there are run, lists, browser-lists, fleet and seed");
            }
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
        System.exit(0); // pseudo-terminals leave threads behind
    }

    /**
     * Measures.
     *
     * @param wanted names of parts; all when it is empty
     * @return the figures, which are also in the module's target folder
     */
    static Report run(Sizes sizes, List<String> wanted) throws Exception {
        for (String name : wanted) {
            if (!PARTS.containsKey(name)) {
                throw new IllegalArgumentException("There is no part " + name + "; there are " + PARTS.keySet());
            }
        }
        Report report = new Report();
        Path data = LiveSystem.work("bench");
        Path plugins = copyOfAdapters(data.resolve("plugins"));
        Optional<OpenSsh> peer = peer(data, report);
        try (LiveSystem live = LiveSystem.startWith(Map.of("SALLYPORT_PLUGINS", plugins.toString()), data)) {
            Setting setting = new Setting(live, plugins, Setting.ours(live), peer.map(OpenSsh::way), sizes, report);
            for (Map.Entry<String, Part> part : PARTS.entrySet()) {
                if (wanted.isEmpty() || wanted.contains(part.getKey())) {
                    part.getValue().measure(setting);
                }
            }
        } finally {
            peer.ifPresent(OpenSsh::close);
        }
        report.remark("No row for port forwarding: our agent does not forward ports yet.");
        report.write(folder(sizes.equals(Sizes.SHORT) ? "figures-short" : "figures"));
        return report;
    }

    private static Optional<OpenSsh> peer(Path data, Report report) throws Exception {
        if (OpenSsh.daemon().isEmpty()) {
            report.remark("SKIPPED: no comparison with OpenSSH, its server is not installed (package openssh-server).");
            return Optional.empty();
        }
        return Optional.of(OpenSsh.start(data.resolve("openssh")));
    }

    private static Path folder(String name) {
        return Path.of(System.getProperty("sallyport.work")).resolveSibling(name);
    }

    private static Path copyOfAdapters(Path folder) throws Exception {
        Files.createDirectories(folder);
        try (Stream<Path> jars = Files.list(LiveSystem.program("server/plugins"))) {
            for (Path jar : jars.toList()) {
                Files.copy(jar, folder.resolve(jar.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return folder;
    }
}
