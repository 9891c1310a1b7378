package org.sallyport.test.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The commands around a shell, as programs, and a session that moves from one terminal to another. */
@ExtendWith(LiveSystemExtension.class)
class EverydayIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path home;

    private record Ran(int status, String out, String err) {}

    @Test
    void sessionsAreListedEndedAndFoundInTheHistory(LiveSystem live) throws Exception {
        try (PtyProgram shell = shell(live)) {
            shell.awaitText("$");
            String id = CommandLineIT.sessionId(shell);

            JsonNode active = json(run(live, "sessions", "--target", live.nodeId(), "--output", "json"));
            assertThat(active.findValuesAsText("SessionId")).contains(id);
            assertThat(run(live, "terminate-session", "--session-id", id).status())
                    .isZero();

            assertThat(shell.exitStatus()).as(shell.screen()).isIn(0, 3);
            Ran history = run(live, "sessions", "--history", "--session-id", id, "--since", "1h");
            assertThat(history.out()).contains(id).contains("Terminated").contains("CLIENT");
            assertThat(json(run(live, "sessions", "--output", "json")).findValuesAsText("SessionId"))
                    .doesNotContain(id);
        }
    }

    @Test
    void aMachineJoinsWithTheLineThatWasPrinted(LiveSystem live) throws Exception {
        Ran created = run(
                live,
                "activations",
                "create",
                "--default-instance-name",
                "joined",
                "--expiration-date",
                "1h",
                "--channel-url",
                live.channel().toString());
        assertThat(created.status()).as(created.err()).isZero();
        String code = first(created.out(), "Activation code: (\\S+)");
        String id = first(created.out(), "Activation id: +(\\S+)");
        List<String> line = new ArrayList<>(
                List.of(first(created.out(), "(?m)^(sallyport-agent .*)$").split(" ")));
        line.set(0, LiveSystem.program("agent/bin/sallyport-agent").toString());
        line.addAll(List.of("--data", home.resolve("agent").toString()));

        Ran joined = process(Map.of("SALLYPORT_ACTIVATION_CODE", code), line);

        assertThat(joined.status()).as(joined.err()).isZero();
        assertThat(run(live, "nodes", "--filter", "ActivationIds=" + id).out()).contains("joined");
        assertThat(run(live, "activations", "list").out()).containsPattern(id + ".*1/1");
        assertThat(run(live, "activations", "delete", "--activation-id", id).status())
                .isZero();
        assertThat(run(live, "activations", "list").out()).doesNotContain(id);
    }

    @Test
    void aSecondTerminalGoesOnWithNothingLostAndNothingDoubled(LiveSystem live) throws Exception {
        try (PtyProgram first = shell(live)) {
            first.awaitText("$");
            String id = CommandLineIT.sessionId(first);
            // Until Enter is typed, by the second one.
            first.type(
                    "i=0; until read -t 0.05; do for n in $(seq 100); do i=$((i+1)); echo line-$i-end; done; done; echo all-$((1+1))\r");
            first.awaitText("line-300-end");

            try (PtyProgram second = attach(live, id)) {
                second.awaitText("-end");
                second.type("\r");
                second.awaitText("all-2");

                assertThat(first.exitStatus()).as(first.screen()).isEqualTo(5);
                assertThat(first.screen()).contains("goes on in another terminal");
                List<Integer> seen = new ArrayList<>(lines(first.screen()));
                List<Integer> then = lines(second.screen());
                // What was shown and not yet acknowledged when the session moved comes on both screens, in one piece.
                seen.removeIf(number -> number >= then.get(0));
                seen.addAll(then);
                assertThat(seen)
                        .isEqualTo(IntStream.rangeClosed(1, seen.get(seen.size() - 1))
                                .boxed()
                                .toList());
                assertThat(then).hasSizeGreaterThan(1);

                second.type("echo typed-$((20+2)); stty size\r");
                second.awaitText("typed-22");
                second.awaitText("30 100");
                second.type("exit\r");
                assertThat(second.exitStatus()).isZero();
            }
            assertThat(sessionFiles()).isEmptyDirectory();
        }
    }

    @Test
    void aSessionWhoseTerminalWasKilledIsTakenUpAgain(LiveSystem live) throws Exception {
        try (PtyProgram first = shell(live)) {
            first.awaitText("$");
            String id = CommandLineIT.sessionId(first);
            first.type("here=kept; sleep 2; for i in $(seq 1 500); do echo line-$i-end; done; echo all-$((1+1))\r");
            first.awaitText("sleep 2");
            ProcessHandle.of(first.pid()).orElseThrow().destroyForcibly();

            try (PtyProgram second = attach(live, id)) {
                second.awaitText("all-2");
                assertThat(lines(second.screen()))
                        .isEqualTo(IntStream.rangeClosed(1, 500).boxed().toList());
                second.type("echo it-is-$here; exit\r");
                second.awaitText("it-is-kept");
                assertThat(second.exitStatus()).isZero();
            }
        }
    }

    @Test
    void nobodyElseGetsTheSession(LiveSystem live) throws Exception {
        try (PtyProgram shell = shell(live)) {
            shell.awaitText("$");
            String id = CommandLineIT.sessionId(shell);
            Path elsewhere = Files.createDirectory(home.resolve("elsewhere"));
            Ran without = process(environment(live, elsewhere), List.of(cli(), "attach", id));
            assertThat(without.status()).isEqualTo(1);
            assertThat(without.err()).contains("was not opened here");

            Path copied = elsewhere.resolve(".config/sallyport/sessions");
            Files.createDirectories(copied);
            Files.writeString(copied.resolve(id), "00000000-0000-4000-8000-000000000000\n");
            Files.setPosixFilePermissions(copied.resolve(id), PosixFilePermissions.fromString("rw-------"));
            Ran guessed = process(environment(live, elsewhere), List.of(cli(), "attach", id));
            assertThat(guessed.status()).as(guessed.err()).isEqualTo(3);
            assertThat(guessed.err()).contains("belongs to another client");

            Files.copy(
                    sessionFiles().resolve(id),
                    copied.resolve(id),
                    StandardCopyOption.REPLACE_EXISTING,
                    StandardCopyOption.COPY_ATTRIBUTES);
            Map<String, String> stranger = new HashMap<>(environment(live, elsewhere));
            stranger.put("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE");
            Ran refused = process(stranger, List.of(cli(), "attach", id));
            assertThat(refused.status()).isEqualTo(1);
            assertThat(refused.err()).contains("UnrecognizedClientException");

            shell.type("echo still-$((40+2)); exit\r");
            shell.awaitText("still-42");
            assertThat(shell.exitStatus()).isZero();
        }
    }

    private PtyProgram shell(LiveSystem live) throws IOException {
        return PtyProgram.start(environment(live, home), cli(), "start-session", "--target", live.nodeId());
    }

    private PtyProgram attach(LiveSystem live, String id) throws IOException {
        return PtyProgram.start(environment(live, home), cli(), "attach", id);
    }

    private Path sessionFiles() {
        return home.resolve(".config/sallyport/sessions");
    }

    private Ran run(LiveSystem live, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(cli()));
        command.addAll(List.of(arguments));
        return process(environment(live, home), command);
    }

    private static Map<String, String> environment(LiveSystem live, Path home) {
        Map<String, String> all = new HashMap<>(live.clientEnvironment());
        all.put("HOME", home.toString());
        return all;
    }

    private static String cli() {
        return LiveSystem.program("cli/bin/sallyport").toString();
    }

    private static JsonNode json(Ran ran) throws IOException {
        assertThat(ran.status()).as(ran.err()).isZero();
        return JSON.readTree(ran.out());
    }

    private static List<Integer> lines(String screen) {
        return Pattern.compile("line-(\\d+)-end")
                .matcher(screen)
                .results()
                .map(found -> Integer.valueOf(found.group(1)))
                .toList();
    }

    private static String first(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as(text).isTrue();
        return matcher.group(1);
    }

    private Ran process(Map<String, String> environment, List<String> command) throws Exception {
        Path out = Files.createTempFile(home, "out", ".log");
        Path err = Files.createTempFile(home, "err", ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        return new Ran(
                process.exitValue(),
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }
}
