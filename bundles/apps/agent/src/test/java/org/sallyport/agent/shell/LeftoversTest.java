package org.sallyport.agent.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftoversTest {
    private static final Duration GRACE = Duration.ofMillis(100);
    private static final Leftovers.Left NOTHING = new Leftovers.Left(List.of(), List.of());

    @TempDir
    Path folder;

    private Process process;
    private Account account;

    /** A process that leads a kernel session and ignores the hang-up, as one that outlived its agent. */
    @BeforeEach
    void start() throws IOException {
        process = new ProcessBuilder(
                        "setsid", "--fork", "--wait", "sh", "-c", "trap '' HUP; echo up; while :; do sleep 1; done")
                .start();
        assertThat(process.getInputStream().read()).isEqualTo('u');
        int uid = (Integer) Files.getAttribute(Path.of("/proc", "" + leader(), "stat"), "unix:uid");
        account = new Account("nobody", uid, uid, Path.of("/"), Path.of("/bin/sh"));
    }

    @AfterEach
    void stop() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    @Test
    void whatAKilledAgentLeftIsEndedAtTheNextStart() throws Exception {
        long leader = leader();
        Leftovers.in(folder.resolve("shells")).note(leader, account, "bob-1");

        assertThat(Leftovers.in(folder.resolve("shells")).clean(GRACE, Set.of()))
                .isEqualTo(new Leftovers.Left(List.of(leader), List.of("bob-1")));

        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(Leftovers.in(folder.resolve("shells")).clean(GRACE, Set.of()))
                .isEqualTo(NOTHING);
    }

    @Test
    void aSessionOfWhichNothingIsLeftIsToldAllTheSame() throws Exception {
        Path note = folder.resolve("1234567");
        Files.writeString(note, "00000000-0000-0000-0000-000000000000 1 0 admin-0a1b2c");
        Files.writeString(folder.resolve("1234568"), "00000000-0000-0000-0000-000000000000 1 0 ../../x");
        Files.writeString(folder.resolve("1234569"), "00000000-0000-0000-0000-000000000000 1 0");

        assertThat(Leftovers.in(folder).clean(GRACE, Set.of()))
                .isEqualTo(new Leftovers.Left(List.of(), List.of("admin-0a1b2c")));
        assertThat(note).doesNotExist();
    }

    @Test
    void whatEndedInOrderIsForgotten() throws Exception {
        Leftovers leftovers = Leftovers.in(folder);
        leftovers.note(leader(), account, "bob-1");
        leftovers.forget(leader());

        assertThat(leftovers.clean(GRACE, Set.of())).isEqualTo(NOTHING);
        assertThat(process.isAlive()).isTrue();
    }

    @Test
    void aNumberThatSomebodyElseHasNowIsLeftAlone() throws Exception {
        long leader = leader();
        Leftovers.in(folder).note(leader, account, "bob-1");
        Path note = folder.resolve(Long.toString(leader));
        String line = Files.readString(note).strip();
        String[] parts = line.split(" ");
        for (String other : new String[] {
            "00000000-0000-0000-0000-000000000000 " + parts[1] + " " + parts[2],
            parts[0] + " 1 " + parts[2],
            parts[0] + " " + parts[1] + " 12345678",
            "nonsense",
            "x".repeat(1000)
        }) {
            Files.writeString(note, other);

            assertThat(Leftovers.in(folder).clean(GRACE, Set.of()).shells())
                    .as(other)
                    .isEmpty();
            assertThat(process.isAlive()).as(other).isTrue();
        }
        Files.writeString(note, line);
        assertThat(Leftovers.in(folder).clean(GRACE, Set.of()).shells()).containsExactly(leader);
    }

    @Test
    void aFolderThatCannotBeWrittenCostsOnlyTheNote() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        Leftovers leftovers = Leftovers.in(file.resolve("shells"));

        leftovers.note(leader(), account, "bob-1");
        leftovers.forget(leader());

        assertThat(leftovers.clean(GRACE, Set.of())).isEqualTo(NOTHING);
        assertThat(Leftovers.none().clean(GRACE, Set.of())).isEqualTo(NOTHING);
    }

    private long leader() {
        return process.children().findFirst().map(ProcessHandle::pid).orElse(process.pid());
    }
}
