package org.sallyport.agent.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.agent.identity.Identity;
import org.sallyport.agent.session.SessionLimits;
import org.sallyport.agent.shell.NativeLibraries;
import org.sallyport.agent.shell.ShellAccount;
import org.sallyport.agent.testing.TestChannel;
import org.sallyport.agent.testing.TestClient;
import org.sallyport.agent.testing.TestServer;
import org.sallyport.protocol.message.AgentMessage;
import org.sallyport.protocol.message.MessageTypes;
import org.sallyport.protocol.message.Messages;
import org.sallyport.protocol.message.SessionStatePayload;
import org.sallyport.protocol.message.SessionTask;
import org.sallyport.protocol.message.TaskAcknowledge;
import org.sallyport.protocol.message.TaskComplete;

/** The whole agent, with real terminals, against a server made of the protocol's codecs. */
abstract class AgentTestBase {
    static final String SHELL = "{\"schemaVersion\":\"1.0\",\"sessionType\":\"Standard_Stream\",\"inputs\":{}}";
    static final int SIGUSR1 = 10;
    static final SessionLimits LIMITS = new SessionLimits(
            2, Duration.ofSeconds(60), Duration.ofMillis(500), Duration.ofSeconds(2), Duration.ofMillis(300));

    @TempDir
    static Path natives;

    TestServer server;
    Agent agent;
    TestChannel control;

    @BeforeEach
    void start() throws Exception {
        NativeLibraries.unpackInto(natives);
        server = new TestServer();
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair keys = generator.generateKeyPair();
        server.trust(keys.getPublic());
        Identity identity = new Identity(
                TestServer.NODE,
                server.url(),
                server.url(),
                TestServer.REGION,
                UUID.randomUUID(),
                server.tls().pem(),
                keys.getPrivate());
        agent = new Agent(identity, "0.1.0.0", LIMITS, ShellAccount.ofThisMachine());
        agent.start();
        control = server.control();
    }

    @AfterEach
    void stop() throws Exception {
        agent.close();
        server.close();
    }

    /** A session with a prompt. */
    TestClient shell(String session) throws Exception {
        TestClient client = new TestClient(order(session));
        client.size(80, 24);
        client.awaitText("$");
        return client;
    }

    TestChannel order(String session) throws Exception {
        order(control, session, SHELL);
        return server.data();
    }

    static void order(TestChannel control, String session, String document) throws Exception {
        SessionTask task = new SessionTask("test", document, session, Map.of(), "", "arn:aws:iam::1:user/bob");
        control.send(Messages.interactiveShell(task, UUID.randomUUID(), now()));
    }

    /** The next report of an ended session, acknowledged. */
    TaskComplete completion() throws Exception {
        AgentMessage message = control.message(MessageTypes.AGENT_TASK_COMPLETE);
        TaskComplete content = TaskComplete.parse(message.payload());
        if (!control.ended()) {
            control.send(Messages.taskAcknowledge(
                    new TaskAcknowledge(message.messageId(), content.taskId()), UUID.randomUUID(), now()));
        }
        return content;
    }

    static String state(TestChannel data) throws Exception {
        AgentMessage message = data.message();
        assertThat(message.type()).isEqualTo(MessageTypes.AGENT_SESSION_STATE);
        return SessionStatePayload.parse(message.payload()).state();
    }

    static long number(TestClient client, String pattern) throws Exception {
        return Long.parseLong(client.awaitMatch(pattern).group(1));
    }

    static String numbers(int last) {
        StringBuilder lines = new StringBuilder("1\r\n");
        for (int i = 2; i <= last; i++) {
            lines.append(i).append("\r\n");
        }
        return lines.toString();
    }

    static long now() {
        return System.currentTimeMillis();
    }
}
