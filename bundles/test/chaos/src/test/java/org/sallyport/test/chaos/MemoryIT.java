package org.sallyport.test.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A server and an agent with little memory hold against whoever does not read: what waits is bounded, and the others work on. */
class MemoryIT {
    private static final int SESSIONS = 20;
    private static final long GROWTH = 32L << 20;
    private static final long SECONDS = Long.getLong("sallyport.memory.seconds", 60);
    private static final long PASTE_SECONDS = Math.min(SECONDS, 15);
    private static final long PASTE_BYTES = 1L << 30;
    private static final long TAKEN_AT_MOST = 32L << 20;
    private static final String SMALL = "-Xmx128m -XX:MaxDirectMemorySize=64m " + JvmProbe.OPTIONS;
    private static final byte[] LINE = line();

    private static Bench bench;
    private static JvmProbe server;
    private static JvmProbe agent;
    private static JvmProbe.Memory serverBefore;
    private static JvmProbe.Memory agentBefore;

    @BeforeAll
    static void start() throws Exception {
        bench = Bench.start("memory", SMALL, SMALL, SESSIONS + 5, Map.of());
        server = new JvmProbe(bench.server().pid());
        agent = new JvmProbe(bench.agent().pid());
        try (ScriptedClient first = bench.open()) {
            echo(first, 1);
            first.type("exit\r");
            first.ended();
        }
        serverBefore = server.memory();
        agentBefore = agent.memory();
        System.out.printf("MEMORY at the start: server %s; agent %s%n", serverBefore, agentBefore);
    }

    @AfterAll
    static void stop() {
        if (bench != null) {
            bench.close();
        }
    }

    @Test
    void clientsThatDoNotReadCostNeitherServerNorAgentTheirMemory() throws Exception {
        List<ScriptedClient> stalled = new ArrayList<>();
        try (ScriptedClient other = bench.open()) {
            for (int i = 0; i < SESSIONS; i++) {
                ScriptedClient client = bench.open();
                stalled.add(client);
                client.type("yes\r");
            }
            for (ScriptedClient client : stalled) {
                client.awaitText("y\r\ny\r\ny\r\n");
                client.stall();
            }
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
            int echoes = 0;
            while (System.nanoTime() < end) {
                echo(other, ++echoes);
                TimeUnit.MILLISECONDS.sleep(500);
            }
            bounded("%d s of yes to %d clients that do not read, %d echoes beside"
                    .formatted(SECONDS, SESSIONS, echoes));

            for (ScriptedClient client : stalled) {
                client.type("\u0003");
                client.release();
            }
            for (ScriptedClient client : stalled) {
                awaitShell(client);
                client.type("exit\r");
                client.ended();
            }
            other.type("exit\r");
            other.ended();
        } finally {
            stalled.forEach(ScriptedClient::close);
        }
    }

    @Test
    void aShellThatDoesNotReadSlowsTheClientDown() throws Exception {
        try (ScriptedClient client = bench.open();
                ScriptedClient other = bench.open()) {
            client.type("echo begin-$((1+1)); exec sleep 1000\r");
            client.awaitText("begin-2");

            long taken = paste(client);
            echo(other, 1);
            bounded("a paste of 1 GiB into a shell that does not read, %d bytes taken".formatted(taken));

            bench.api().terminate(client.sessionId());
            client.ended();
            other.type("exit\r");
            other.ended();
        }
    }

    @Test
    void aNodeThatIsStoppedSlowsTheClientDown() throws Exception {
        try (ScriptedClient client = bench.open()) {
            client.type("echo begin-$((1+1)); cat > /dev/null\r");
            client.awaitText("begin-2");
            bench.agent().signal("STOP");
            try {
                long taken = paste(client);
                JvmProbe.Memory grown = server.memory().minus(serverBefore);
                System.out.printf(
                        "MEMORY a paste of 1 GiB to a stopped node, %d bytes taken: server grew by %s%n", taken, grown);
                assertGrowth(server, grown);
            } finally {
                bench.agent().signal("CONT");
            }
            client.type("\u0003");
            awaitShell(client);
            client.type("exit\r");
            client.ended();
        }
    }

    /** Pastes until the client is held up; returns how many bytes were taken in that time. */
    private static long paste(ScriptedClient client) throws InterruptedException {
        AtomicLong taken = new AtomicLong();
        Thread keyboard = new Thread(
                () -> {
                    try {
                        while (taken.get() < PASTE_BYTES) {
                            client.type(LINE);
                            taken.addAndGet(LINE.length);
                        }
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "memory-paste");
        keyboard.setDaemon(true);
        keyboard.start();
        TimeUnit.SECONDS.sleep(PASTE_SECONDS);
        keyboard.interrupt();
        keyboard.join();
        assertThat(taken.get()).as("bytes that the client could paste").isLessThan(TAKEN_AT_MOST);
        return taken.get();
    }

    private static void bounded(String what) throws Exception {
        JvmProbe.Memory serverGrown = server.memory().minus(serverBefore);
        JvmProbe.Memory agentGrown = agent.memory().minus(agentBefore);
        System.out.printf("MEMORY %s: server grew by %s; agent by %s%n", what, serverGrown, agentGrown);
        assertGrowth(server, serverGrown);
        assertGrowth(agent, agentGrown);
    }

    private static void assertGrowth(JvmProbe probe, JvmProbe.Memory grown) throws Exception {
        assertThat(grown.heap()).as(probe.largest()).isLessThan(GROWTH);
        assertThat(grown.direct()).isLessThan(GROWTH);
        assertThat(bench.server().alive()).as("the server lives").isTrue();
        assertThat(bench.agent().alive()).as("the agent lives").isTrue();
    }

    private static void echo(ScriptedClient client, int number) throws InterruptedException {
        client.type("echo echo-$((%d+1000000))\r".formatted(number));
        Awaitility.await("an echo").atMost(60, TimeUnit.SECONDS).until(() -> client.tail()
                .contains("echo-" + (number + 1_000_000)));
    }

    /** A shell may throw away what was typed while it took the terminal back from a program that was interrupted. */
    private static void awaitShell(ScriptedClient client) {
        Awaitility.await("the shell to answer again")
                .atMost(60, TimeUnit.SECONDS)
                .pollInterval(1, TimeUnit.SECONDS)
                .until(() -> {
                    client.type("echo after-$((6*7))\r");
                    return client.tail().contains("after-42");
                });
    }

    private static byte[] line() {
        byte[] line = new byte[1_024];
        Arrays.fill(line, (byte) 'x');
        line[line.length - 1] = '\r';
        return line;
    }
}
