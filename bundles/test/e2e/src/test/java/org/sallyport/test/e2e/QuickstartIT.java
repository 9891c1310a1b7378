package org.sallyport.test.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** One command starts everything, goes on with its data, and leaves nothing behind. */
class QuickstartIT {

    @Test
    void aSecondStartGoesOnWithTheSameNodeAndNoProcessStays() throws Exception {
        Path data = LiveSystem.work("quickstart");
        String firstNode;
        String firstKey;
        List<ProcessHandle> first;
        try (LiveSystem live = LiveSystem.start(data)) {
            firstNode = live.nodeId();
            firstKey = live.get("accessKeyId");
            first = processes(live);
            assertThat(first).as("quickstart, server and agent").hasSizeGreaterThanOrEqualTo(3);
            assertThat(Files.getPosixFilePermissions(data.resolve("connection.json")))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
            assertThat(Files.readString(data.resolve("quickstart.log")))
                    .contains("start-session --target " + firstNode)
                    .contains("aws ssm start-session")
                    .doesNotContain(live.get("secretAccessKey"))
                    .doesNotContain(live.get("adminPassword"));
        }
        awaitGone(first);

        try (LiveSystem live = LiveSystem.start(data)) {
            assertThat(live.nodeId()).isEqualTo(firstNode);
            assertThat(live.get("accessKeyId")).isEqualTo(firstKey);
            try (PtyProgram shell = PtyProgram.shell(live)) {
                shell.awaitText("$");
                shell.type("exit\r");
                assertThat(shell.exitStatus()).isZero();
            }
        }
    }

    private static List<ProcessHandle> processes(LiveSystem live) {
        ProcessHandle top = live.quickstart().toHandle();
        return java.util.stream.Stream.concat(java.util.stream.Stream.of(top), top.descendants())
                .toList();
    }

    private static void awaitGone(List<ProcessHandle> processes) {
        Awaitility.await("all processes to end").atMost(30, TimeUnit.SECONDS).until(() -> processes.stream()
                .noneMatch(ProcessHandle::isAlive));
    }
}
