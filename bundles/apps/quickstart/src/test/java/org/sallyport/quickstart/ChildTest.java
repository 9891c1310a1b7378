package org.sallyport.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ChildTest {
    @TempDir
    Path folder;

    private final List<ProcessHandle> started = new ArrayList<>();

    @AfterEach
    void cleanUp() {
        started.forEach(ProcessHandle::destroyForcibly);
    }

    @Test
    void leavesNoProcessOfATree() throws Exception {
        Child child = tree("sleep 600 & echo $! > %1$s/a; (sleep 600 & echo $! > %1$s/b; wait) & wait", "a", "b");

        child.stop();

        assertThat(child.alive()).isFalse();
        assertThat(started).hasSize(2).noneMatch(ProcessHandle::isAlive);
    }

    @Test
    void endsWhatDoesNotListen() throws Exception {
        Child child = tree("trap '' TERM; sleep 600 & echo $! > %1$s/a; while :; do wait; done", "a");

        child.stop(1);

        assertThat(child.alive()).isFalse();
        assertThat(started).hasSize(1).noneMatch(ProcessHandle::isAlive);
    }

    @Test
    void letsAProgramFinishInPeace() throws Exception {
        Child child =
                tree("trap 'echo tidy > %1$s/tidy; exit 0' TERM; echo $$ > %1$s/a; while :; do sleep 0.05; done", "a");

        child.stop();

        assertThat(folder.resolve("tidy")).exists();
        assertThat(child.succeeded(1)).isTrue();
    }

    @Test
    void stoppingTwiceIsHarmless() throws Exception {
        Child child = start("exit 3", "");
        await().until(() -> !child.alive());

        child.stop();
        child.stop();

        assertThat(child.succeeded(1)).isFalse();
    }

    @Test
    void givesItsInputAndTellsItsLastWords() throws Exception {
        Child child = start("read line; printf 'got %s \\033[2J' \"$line\"; exit 7", "secret code\n");

        assertThat(child.succeeded(10)).isFalse();

        assertThat(child.lastWords()).startsWith("thing ended with status 7.").endsWith("got secret code ?[2J");
    }

    @Test
    void tellsOnlyTheEndOfALongLog() throws Exception {
        Files.createDirectories(folder.resolve("log"));
        Files.writeString(folder.resolve("log/thing.log"), "x".repeat(100_000) + "\nthe end\n");
        Child child = start("exit 0", "");
        await().until(() -> !child.alive());

        assertThat(child.lastWords()).endsWith("the end").hasSizeLessThan(2_500);
    }

    private Child tree(String script, String... pidFiles) throws IOException {
        Child child = start(script.formatted(folder), "");
        for (String name : pidFiles) {
            await().atMost(20, TimeUnit.SECONDS).until(() -> pid(name).isPresent());
            started.add(pid(name).orElseThrow());
        }
        return child;
    }

    private Child start(String script, String input) throws IOException {
        return Child.start("thing", List.of("/bin/sh", "-c", script), Map.of(), input, folder.resolve("log/thing.log"));
    }

    private Optional<ProcessHandle> pid(String name) throws IOException {
        Path file = folder.resolve(name);
        String text = Files.exists(file) ? Files.readString(file) : "";
        return text.endsWith("\n") ? ProcessHandle.of(Long.parseLong(text.strip())) : Optional.empty();
    }
}
