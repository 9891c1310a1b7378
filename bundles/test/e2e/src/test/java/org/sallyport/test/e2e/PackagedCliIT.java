package org.sallyport.test.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The archive of the command line, unpacked where no Java is to be found: it works by itself, and what its start takes is printed. */
@Tag("long")
@ExtendWith(LiveSystemExtension.class)
class PackagedCliIT {
    private static final int RUNS = 11;

    @TempDir
    Path folder;

    private record Ran(int status, String text) {}

    @Test
    void itWorksWithoutAnyJavaAndItsStartIsMeasured(LiveSystem live) throws Exception {
        Path packager = LiveSystem.distro().resolveSibling("package-cli");
        Ran packed = run(Map.of(), System.getenv("PATH"), packager.toString());
        assertThat(packed.status()).as(packed.text()).isZero();
        Path archive = Path.of(
                packed.text().strip().lines().reduce((one, last) -> last).orElseThrow());
        Path place = Files.createDirectory(folder.resolve("a place of its own"));
        assertThat(run(Map.of(), System.getenv("PATH"), "tar", "-xzf", archive.toString(), "-C", place.toString())
                        .status())
                .isZero();
        Path own = only(place).resolve("bin/sallyport");
        String bare = pathWithoutJava();

        assertThat(run(Map.of(), bare, "sh", "-c", "command -v java || command -v javac")
                        .text())
                .isEmpty();
        assertThat(run(Map.of(), bare, own.toString(), "--version").text()).startsWith("sallyport ");
        Ran nodes = run(live.clientEnvironment(), bare, own.toString(), "nodes");
        assertThat(nodes.text()).contains(live.nodeId());
        assertThat(run(live.clientEnvironment(), bare, own.toString(), "sessions", "--history")
                        .status())
                .isZero();
        Map<String, String> environment = new HashMap<>(live.clientEnvironment());
        environment.put("PATH", bare);
        environment.put("JAVA_HOME", "");
        try (PtyProgram shell =
                PtyProgram.start(environment, own.toString(), "start-session", "--target", live.nodeId())) {
            shell.awaitText("$");
            shell.type("echo packed-$((40+2)); exit\r");
            shell.awaitText("packed-42");
            assertThat(shell.exitStatus()).isZero();
        }
        assertThat(run(Map.of(), bare, own.toString(), "nodes", "--endpoint-url", "https://localhost:1")
                        .text())
                .as("no archive of another runtime is complained about")
                .doesNotContain("[warning]");

        report(live, own, bare);
    }

    private void report(LiveSystem live, Path own, String bare) throws Exception {
        Map<String, String> clients = live.clientEnvironment();
        String jars = LiveSystem.program("cli/lib") + "/*";
        String[] jdk = {"java", "-cp", jars, "org.sallyport.cli.Main"};
        double ssh = median(Map.of(), System.getenv("PATH"), "ssh", "-V").orElse(Double.NaN);
        List<String> lines = new ArrayList<>();
        for (String[] what : new String[][] {{"--version"}, {"nodes"}}) {
            lines.add(line("own runtime", what, median(clients, bare, join(new String[] {own.toString()}, what)), ssh));
            lines.add(line("plain JDK", what, median(clients, System.getenv("PATH"), join(jdk, what)), ssh));
        }
        String[] version = {"--version"};
        lines.add(line("aws", version, median(clients, System.getenv("PATH"), "aws", "--version"), ssh));
        String[] list = {"ssm", "describe-instance-information"};
        lines.add(line("aws", list, median(clients, System.getenv("PATH"), join(new String[] {"aws"}, list)), ssh));
        lines.forEach(System.out::println);
        assertThat(lines).hasSize(6);
    }

    private static String line(String program, String[] what, Optional<Double> millis, double ssh) {
        return millis.map(
                        took -> "BENCHMARK start of the command line, %s %s: %.0f ms, %.1f times ssh -V (median of %d)"
                                .formatted(program, String.join(" ", what), took, took / ssh, RUNS))
                .orElse("BENCHMARK start of the command line, %s %s: not there".formatted(program, what[0]));
    }

    private Optional<Double> median(Map<String, String> environment, String path, String... command) throws Exception {
        double[] took = new double[RUNS];
        for (int i = 0; i < RUNS; i++) {
            long begin = System.nanoTime();
            try {
                run(environment, path, command);
            } catch (IOException e) {
                return Optional.empty();
            }
            took[i] = (System.nanoTime() - begin) / 1e6;
        }
        Arrays.sort(took);
        return Optional.of(took[RUNS / 2]);
    }

    /** The programs that the start script calls, and nothing else. */
    private String pathWithoutJava() throws IOException {
        Path bin = Files.createDirectory(folder.resolve("bin"));
        for (String program : List.of("sh", "dirname", "basename", "readlink")) {
            Path found = Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                    .map(place -> Path.of(place, program))
                    .filter(Files::isExecutable)
                    .findFirst()
                    .orElseThrow();
            Files.createSymbolicLink(bin.resolve(program), found);
        }
        return bin.toString();
    }

    private static Path only(Path parent) throws IOException {
        try (var files = Files.list(parent)) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(1);
            return all.get(0);
        }
    }

    private static String[] join(String[] one, String[] other) {
        List<String> all = new ArrayList<>(List.of(one));
        all.addAll(List.of(other));
        return all.toArray(String[]::new);
    }

    private Ran run(Map<String, String> environment, String path, String... command) throws Exception {
        Path out = Files.createTempFile(folder, "out", ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(out.toFile());
        if (!path.equals(System.getenv("PATH"))) {
            builder.environment().remove("JAVA_HOME");
        }
        builder.environment().putAll(environment);
        builder.environment().put("PATH", path);
        builder.environment().put("HOME", folder.toString());
        Process process = builder.start();
        assertThat(process.waitFor(300, TimeUnit.SECONDS)).isTrue();
        return new Ran(process.exitValue(), Files.readString(out));
    }
}
