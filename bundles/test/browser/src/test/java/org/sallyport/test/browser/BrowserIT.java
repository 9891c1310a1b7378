package org.sallyport.test.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What a person does in the console, in a browser, with a server and an agent of each scenario's own. The scenarios are in
 * {@code src/test/node}; pictures of what they saw are kept under {@code target/pictures}.
 */
class BrowserIT {
    private static final List<String> BROWSERS = List.of("chromium", "chromium-browser", "google-chrome");
    private static final long LIMIT_MINUTES = 20;

    private static Path chromium;
    private static Path scenarios;

    @BeforeAll
    static void prepare() throws Exception {
        Optional<Path> found = BROWSERS.stream().flatMap(BrowserIT::onPath).findFirst();
        assumeTrue(
                found.isPresent(),
                "SKIPPED: none of " + String.join(", ", BROWSERS) + " is on the PATH; install the package chromium");
        assumeTrue(
                onPath("node").findFirst().isPresent()
                        && onPath("npm").findFirst().isPresent(),
                "SKIPPED: node and npm are not on the PATH; install Node 20");
        chromium = found.orElseThrow();
        scenarios = work("scenarios");
        copy(Path.of(System.getProperty("sallyport.sources"), "node"), scenarios);
        run(List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"), 10);
    }

    @Test
    void theFirstDay() throws Exception {
        scenario("everyday");
    }

    @Test
    @Tag("long")
    void aRightIsGivenAndTakenAwayAndTheDenialIsOpened() throws Exception {
        scenario("access");
    }

    @Test
    @Tag("long")
    void noLineIsLostOrDoubledByReloadsKillsAndOutages() throws Exception {
        scenario("outages");
    }

    @Test
    @Tag("long")
    void aKeyIsEchoedDuringFiftyMegabytes() throws Exception {
        scenario("flood");
    }

    @Test
    @Tag("long")
    void aNodeFromItsActivationToItsEnd() throws Exception {
        scenario("node-pages");
    }

    @Test
    @Tag("long")
    void reloadsOutagesIdlenessAndASecondFactorGoTheirWay() throws Exception {
        scenario("paths");
    }

    @Test
    @Tag("long")
    void whatIsPastedSearchedLinkedAndColouredInTheTerminal() throws Exception {
        scenario("terminal");
    }

    private static void scenario(String name) throws Exception {
        run(List.of("node", "run.mjs", name, work(name).toString()), LIMIT_MINUTES);
    }

    /** Runs to its end; what it printed is the failure's text. */
    private static void run(List<String> command, long minutes) throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(scenarios.toFile()).redirectErrorStream(true);
        builder.environment().put("SALLYPORT_DISTRO", System.getProperty("sallyport.distro"));
        builder.environment().put("SALLYPORT_PICTURES", System.getProperty("sallyport.pictures"));
        builder.environment().put("SALLYPORT_CHROMIUM", chromium.toString());
        Process process = builder.start();
        process.getOutputStream().close();
        List<String> printed = new ArrayList<>();
        Thread reader = new Thread(() -> read(process, printed), "scenario-output");
        reader.start();
        boolean ended = process.waitFor(minutes, TimeUnit.MINUTES);
        if (!ended) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
        reader.join();
        assertThat(ended).as("%s ended in time:%n%s", command, printed).isTrue();
        assertThat(process.exitValue())
                .as("%s:%n%s", command, String.join("\n", printed))
                .isZero();
    }

    private static void read(Process process, List<String> printed) {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                printed.add(line);
                if (line.startsWith("BENCHMARK ")) {
                    System.out.println(line);
                }
            }
        } catch (IOException e) {
            printed.add(e.toString());
        }
    }

    private static Path work(String name) throws IOException {
        return Files.createDirectories(Path.of(
                System.getProperty("sallyport.work"),
                name + "-" + ProcessHandle.current().pid()));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path relative = from.relativize(file);
                if (!relative.startsWith("node_modules")) {
                    Path target = to.resolve(relative);
                    Files.createDirectories(target.getParent());
                    Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    private static Stream<Path> onPath(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(place -> Path.of(place, program))
                .filter(Files::isExecutable);
    }
}
