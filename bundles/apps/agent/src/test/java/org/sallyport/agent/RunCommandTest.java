package org.sallyport.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.agent.testing.TestChannel;
import org.sallyport.agent.testing.TestClient;
import org.sallyport.agent.testing.TestProcesses;
import org.sallyport.agent.testing.TestServer;
import org.sallyport.protocol.message.MessageTypes;
import org.sallyport.protocol.message.Messages;
import org.sallyport.protocol.message.SessionTask;

/** The agent as a process of its own. */
@Timeout(180)
class RunCommandTest {
    private static final String SHELL = "{\"schemaVersion\":\"1.0\",\"sessionType\":\"Standard_Stream\"}";

    @TempDir
    Path folder;

    private TestServer server;
    private Process agent;

    @BeforeEach
    void register() throws Exception {
        server = new TestServer();
        Path code = Files.writeString(folder.resolve("code"), TestServer.CODE);
        int status = Main.run(
                new PrintWriter(new StringWriter()),
                new PrintWriter(new StringWriter()),
                "register",
                "--url",
                server.url().toString(),
                "--channel-url",
                server.url().toString(),
                "--ca-fingerprint",
                server.tls().fingerprint(),
                "--id",
                UUID.randomUUID().toString(),
                "--code-file",
                code.toString(),
                "--data",
                data().toString());
        assertThat(status).isZero();
        agent = start();
    }

    @AfterEach
    void stop() throws Exception {
        agent.destroyForcibly();
        server.close();
    }

    @Test
    void aSignalEndsItWithItsSessionsAndItKeepsALogWithoutTheirContent() throws Exception {
        TestChannel control = server.control();
        SessionTask task = new SessionTask("test", SHELL, "bob-1", Map.of(), "", "arn:aws:iam::1:user/bob");
        control.send(Messages.interactiveShell(task, UUID.randomUUID(), System.currentTimeMillis()));
        TestClient client = new TestClient(server.data());
        client.type("echo typed-$((7*7)); echo pid=$$=\n");
        client.awaitText("typed-49");
        long shell = Long.parseLong(client.awaitMatch("pid=(\\d+)=").group(1));

        agent.destroy();
        assertThat(agent.waitFor(60, TimeUnit.SECONDS)).isTrue();

        assertThat(control.message(MessageTypes.AGENT_TASK_COMPLETE).text()).contains("bob-1");
        assertThat(TestProcesses.alive(shell)).isFalse();
        assertThat(Files.readString(data().resolve("log/agent.log")))
                .contains("Control channel open", "Session bob-1")
                .doesNotContain("typed-");
        assertThat(data().resolve("native")).isDirectory();
    }

    @Test
    void aSecondAgentWithTheSameFolderRefuses() throws Exception {
        server.control();

        Process second = start();

        assertThat(second.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(second.exitValue()).isEqualTo(1);
        assertThat(Files.readString(folder.resolve("errors"))).contains("Another agent runs");
    }

    private Process start() throws Exception {
        File errors = folder.resolve("errors").toFile();
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "org.sallyport.agent.Main",
                        "run",
                        "--data",
                        data().toString()))
                .redirectError(ProcessBuilder.Redirect.appendTo(errors))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private Path data() {
        return folder.resolve("data");
    }
}
