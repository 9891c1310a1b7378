package org.sallyport.test.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.sallyport.test.e2e.LiveSystem;

/** The scenario {@code lists} of the browser tests, with a store that {@link Seed} filled: each list of the console in a browser. */
final class BrowserLists {
    private static final List<String> BROWSERS = List.of("chromium", "chromium-browser", "google-chrome");
    private static final long LIMIT_MINUTES = 30;

    private BrowserLists() {}

    /** What is not there of what it needs. */
    static Optional<String> missing() {
        return browser().isEmpty()
                ? Optional.of(
                        "none of " + String.join(", ", BROWSERS) + " is on the PATH; install the package chromium")
                : Stream.of("node", "npm")
                        .filter(program -> onPath(program).isEmpty())
                        .findFirst()
                        .map(program -> program + " is not on the PATH; install Node 20");
    }

    /**
     * Measures.
     *
     * @param rounds how often each list is opened and each filter set
     * @param line told each figure
     * @throws IOException with all that was printed, when a list shows something else than it has to
     */
    static void measure(int rounds, Consumer<String> line) throws IOException, InterruptedException {
        Path work = Files.createDirectories(LiveSystem.work("browser-lists"));
        Path scenarios = Files.createDirectories(work.resolve("scenarios"));
        copy(Path.of(System.getProperty("sallyport.scenarios")), scenarios);
        run(
                List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"),
                scenarios,
                rounds,
                line);
        run(List.of("node", "run.mjs", "lists", work.resolve("site").toString()), scenarios, rounds, line);
    }

    private static void run(List<String> command, Path folder, int rounds, Consumer<String> line)
            throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().put("SALLYPORT_DISTRO", LiveSystem.distro().toString());
        builder.environment()
                .put("SALLYPORT_PICTURES", folder.resolve("pictures").toString());
        builder.environment().put("SALLYPORT_CHROMIUM", browser().orElseThrow().toString());
        builder.environment().put("SALLYPORT_ROUNDS", Integer.toString(rounds));
        builder.environment().put("SALLYPORT_SEED", new ObjectMapper().writeValueAsString(seeding()));
        Process process = builder.start();
        process.getOutputStream().close();
        List<String> printed = new ArrayList<>();
        Thread reader = new Thread(() -> read(process, printed, line), "browser-lists-output");
        reader.start();
        boolean ended = process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES);
        if (!ended) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
        reader.join();
        if (!ended || process.exitValue() != 0) {
            throw new IOException(
                    "%s %s:%n%s".formatted(command, ended ? "failed" : "did not end", String.join("\n", printed)));
        }
    }

    /** This program's own {@code seed}. */
    private static List<String> seeding() {
        String java = Path.of(System.getProperty("java.home"), "bin/java").toString();
        String classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return List.of(java, "-cp", classes, Main.class.getName(), "seed");
    }

    private static void read(Process process, List<String> printed, Consumer<String> line) {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String text = lines.readLine(); text != null; text = lines.readLine()) {
                printed.add(text);
                if (text.startsWith("BENCHMARK ")) {
                    line.accept(text);
                }
            }
        } catch (IOException e) {
            printed.add(e.toString());
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path relative = from.relativize(file);
                if (!relative.startsWith("node_modules")) {
                    Files.createDirectories(to.resolve(relative).getParent());
                    Files.copy(file, to.resolve(relative), StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    private static Optional<Path> browser() {
        return BROWSERS.stream().flatMap(name -> onPath(name).stream()).findFirst();
    }

    private static Optional<Path> onPath(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(place -> Path.of(place, program))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
