package org.sallyport.agent.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ProcessSessionTest {
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void findsAndEndsAllOfASessionByTheFilesOfTheKernelAndByAskingIt(boolean proc) throws Exception {
        Process leader = new ProcessBuilder("setsid", "sh", "-c", "sleep 600 & trap '' HUP; sleep 600").start();
        try {
            ProcessSession session = new ProcessSession(leader.pid(), proc);
            await().until(() -> session.members().size() == 3);
            assertThat(session.members()).contains((int) leader.pid());

            List<Integer> left = session.end(Duration.ofMillis(200));

            // The kernel's answer counts who ended and was not yet taken notice of by process 1, which may be slow.
            assertThat(new ProcessSession(leader.pid(), true).members()).isEmpty();
            if (proc) {
                assertThat(left).isEmpty();
            }
            assertThat(leader.waitFor()).isNotZero();
        } finally {
            leader.descendants().forEach(ProcessHandle::destroyForcibly);
            leader.destroyForcibly();
        }
    }

    @Test
    void bothWaysSeeTheSame() throws Exception {
        Process leader = new ProcessBuilder("setsid", "sleep", "600").start();
        try {
            await().untilAsserted(() -> assertThat(new ProcessSession(leader.pid(), true).members())
                    .containsExactly((int) leader.pid())
                    .isEqualTo(new ProcessSession(leader.pid(), false).members()));
        } finally {
            leader.destroyForcibly();
        }
    }
}
