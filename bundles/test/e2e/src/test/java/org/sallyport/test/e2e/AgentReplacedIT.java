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
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.channel.trust.CaTrust;

/** Our agent is replaced under an open shell by what its path names then, as a service manager's reload does. */
@Tag("long")
@ExtendWith(LiveSystemExtension.class)
class AgentReplacedIT {
    private static final long PATIENCE_SECONDS = 90;
    private static final int LINES = 20_000;

    @TempDir
    Path folder;

    private Process agent;

    @AfterEach
    void stop() throws InterruptedException {
        if (agent != null) {
            agent.destroy();
            agent.waitFor(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void theShellGoesOnAndNoByteIsLostOrDoubled(LiveSystem live) throws Exception {
        pointTo(LiveSystem.program("agent"));
        String node = register(live);
        agent = new ProcessBuilder(program(), "run", "--data", data())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("agent.out").toFile())
                .start();
        await("the node can be reached", () -> log().contains("Control channel open"));
        try (PtyProgram shell = PtyProgram.start(
                live.clientEnvironment(),
                LiveSystem.program("cli/bin/sallyport").toString(),
                "start-session",
                "--target",
                node)) {
            shell.awaitText("$");
            shell.type("kept=mine-$$; sleep 1000 & echo $kept-is-here\r");
            shell.awaitText("-is-here");
            await("its number", () -> shell.screen().matches("(?s).*mine-\\d+-is-here.*"));
            String kept = shell.screen().replaceAll("(?s).*(mine-\\d+)-is-here.*", "$1");

            shell.type("i=0; while [ $i -lt " + LINES + " ]; do i=$((i+1)); echo line-$i-; done\r");
            shell.awaitText("line-10-");
            Path next = another("next");
            pointTo(next);
            replace(1);
            shell.type("echo typed-meanwhile-$kept\r");
            pointTo(LiveSystem.program("agent"));
            replace(2);
            shell.awaitText("line-" + LINES + "-");
            shell.awaitText("typed-meanwhile-" + kept);

            assertThat(numbers(shell.screen()))
                    .isEqualTo(IntStream.rangeClosed(1, LINES).boxed().toList());
            assertThat(log()).contains("Becomes " + program()).contains("Goes on with 1 sessions");

            pointTo(unable());
            askForTheNext();
            await("it says so", () -> log().contains("No other agent follows, this one goes on"));
            shell.mark();
            shell.type("jobs; echo still-$kept\r");
            shell.awaitText("still-" + kept);
            assertThat(shell.screen()).contains("Running");

            shell.resize(77, 22);
            await("the size follows", () -> {
                shell.type("stty size\r");
                return shell.screen().contains("22 77");
            });
            shell.type("exit 3\r");
            shell.exitStatus();
        }
        assertThat(agent.isAlive()).as("it was one process all the time").isTrue();
        await(
                "nothing of the shell is left",
                () -> agent.descendants().findAny().isEmpty());
    }

    /** Waits until the agent that was asked has become the next one and can be reached. */
    private void replace(int times) throws Exception {
        askForTheNext();
        await("agent " + times + " follows", () -> occurrences("Goes on with 1 sessions") == times);
        await(
                "its channels are open",
                () -> occurrences("Control channel open") == times + 1
                        && occurrences("data channel open again") == times);
    }

    private void askForTheNext() throws Exception {
        assertThat(new ProcessBuilder("kill", "-USR1", Long.toString(agent.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    private List<Integer> numbers(String screen) {
        return Pattern.compile("line-(\\d+)-")
                .matcher(screen.substring(screen.indexOf("line-1-")))
                .results()
                .map(found -> Integer.valueOf(found.group(1)))
                .collect(Collectors.toList());
    }

    /** A second installation with the same jars. */
    private Path another(String name) throws IOException {
        Path home = folder.resolve(name);
        Files.createDirectories(home.resolve("bin"));
        Files.copy(LiveSystem.program("agent/bin/sallyport-agent"), home.resolve("bin/sallyport-agent"));
        Files.createSymbolicLink(home.resolve("lib"), LiveSystem.program("agent/lib"));
        return home;
    }

    /** One that does not know what it would inherit. */
    private Path unable() throws IOException {
        Path home = folder.resolve("unable");
        Path script = home.resolve("bin/sallyport-agent");
        Files.createDirectories(script.getParent());
        Files.writeString(script, "#!/bin/sh\nexit 2\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        return home;
    }

    private void pointTo(Path home) throws IOException {
        Path fresh = Files.createSymbolicLink(folder.resolve("current.new"), home);
        Files.move(fresh, folder.resolve("current"), StandardCopyOption.ATOMIC_MOVE);
    }

    private String program() {
        return folder.resolve("current/bin/sallyport-agent").toString();
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    private String log() throws IOException {
        return Files.readString(folder.resolve("agent.out"));
    }

    private int occurrences(String text) throws IOException {
        return log().split(Pattern.quote(text), -1).length - 1;
    }

    private String register(LiveSystem live) throws Exception {
        ProcessBuilder create = new ProcessBuilder(
                LiveSystem.program("cli/bin/sallyport").toString(), "activations", "create", "--output", "json");
        create.environment().putAll(live.clientEnvironment());
        create.environment().put("HOME", folder.toString());
        JsonNode made = new ObjectMapper().readTree(create.start().getInputStream());
        ProcessBuilder register = new ProcessBuilder(
                        program(),
                        "register",
                        "--url",
                        live.api().toString(),
                        "--channel-url",
                        live.get("ssmmessages"),
                        "--ca-fingerprint",
                        CaTrust.fromBundle(Path.of(live.get("ca")))
                                .fingerprints()
                                .get(0),
                        "--id",
                        made.required("ActivationId").asText(),
                        "--data",
                        data())
                .redirectErrorStream(true);
        Process running = register.start();
        running.getOutputStream()
                .write((made.required("ActivationCode").asText() + "\n").getBytes(StandardCharsets.US_ASCII));
        running.getOutputStream().close();
        String said = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(running.waitFor()).as(said).isZero();
        return said.replaceAll("(?s).*Registered as (mi-\\S+).*", "$1");
    }

    private static void await(String what, Callable<Boolean> condition) {
        Awaitility.await(what).atMost(PATIENCE_SECONDS, TimeUnit.SECONDS).until(condition);
    }
}
