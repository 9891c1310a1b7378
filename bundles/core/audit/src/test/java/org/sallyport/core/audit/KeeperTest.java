package org.sallyport.core.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.store.Records;

/** The head in the store finds what the files alone do not tell: a trail that was cut together with its own head. */
class KeeperTest {
    /** Heads by their keys, with revisions. */
    private static final class Heads implements Records {
        private final Map<String, Entry> all = new HashMap<>();
        private boolean away;

        @Override
        public Optional<Entry> get(String key) {
            present();
            return Optional.ofNullable(all.get(key));
        }

        @Override
        public Optional<Long> put(String key, byte[] wanted, long expectedRevision) {
            present();
            long revision = revision(key);
            if (expectedRevision != revision && (expectedRevision != ABSENT || revision != 0)) {
                return Optional.empty();
            }
            all.put(key, new Entry(key, wanted, revision + 1));
            return Optional.of(revision + 1);
        }

        @Override
        public boolean delete(String key, long expectedRevision) {
            throw new UnsupportedOperationException("the head stays");
        }

        @Override
        public List<Entry> scan(String prefix, String afterKey, int limit) {
            throw new UnsupportedOperationException("its key is known");
        }

        private long revision(String key) {
            return all.containsKey(key) ? all.get(key).revision() : 0;
        }

        private void present() {
            if (away) {
                throw new SallyportException(CommonError.SERVICE_AWAY, "away");
            }
        }
    }

    @TempDir
    Path folder;

    private final Heads store = new Heads();

    @Test
    void theHeadIsKeptInTheStoreAndFollowsTheTrail() {
        try (World world = new World(folder)) {
            world.append(3);
            Keeper keeper = keeper(world);
            keeper.anchor();
            assertThat(stored()).isEqualTo(world.writer.head().toString());

            world.append(2);
            store.away = true;
            keeper.anchor();
            store.away = false;
            keeper.anchor();
            keeper.anchor();

            assertThat(stored()).isEqualTo(world.writer.head().toString());
            assertThat(store.revision("head")).isEqualTo(2);
            assertThat(world.writer.meters().damages.sum()).isZero();
        }
        try (World again = new World(folder)) {
            again.append(1);
            keeper(again).anchor();
            assertThat(again.writer.meters().damages.sum()).isZero();
        }
    }

    @Test
    void aTrailThatWasCutWithItsHeadIsFound() throws Exception {
        trailWithAnchor();
        List<String> lines = Files.readAllLines(World.files(folder).get(0));
        Files.writeString(World.files(folder).get(0), String.join("\n", lines.subList(0, 3)) + "\n");
        Files.delete(folder.resolve("head"));
        assertThat(World.verify(folder).problem())
                .as("the files alone tell nothing")
                .isEmpty();

        try (World cut = new World(folder)) {
            cut.append(1);
            keeper(cut).anchor();

            assertThat(cut.writer.meters().damages.sum()).isEqualTo(1);
        }
        assertThat(String.join("", World.lines(folder))).contains("it reached record 6 once, which is missing");
    }

    @Test
    void aTrailThatWasCutAndWrittenOnIsFound() throws Exception {
        trailWithAnchor();
        List<String> lines = Files.readAllLines(World.files(folder).get(0));
        Files.writeString(World.files(folder).get(0), String.join("\n", lines.subList(0, 3)) + "\n");
        Files.delete(folder.resolve("head"));

        try (World cut = new World(folder)) {
            cut.append(10);
            keeper(cut).anchor();
        }
        assertThat(String.join("", World.lines(folder))).contains("record 6 is another one than it was");
    }

    @Test
    void aTrailThatWasTakenAwayIsFound() throws Exception {
        trailWithAnchor();
        for (Path file : List.of(World.files(folder).get(0), folder.resolve("head"))) {
            Files.delete(file);
        }
        try (World fresh = new World(folder)) {
            fresh.append(1);
            keeper(fresh).anchor();
            assertThat(fresh.writer.meters().damages.sum()).isEqualTo(1);
        }
    }

    @Test
    void serversOnOneStoreDoNotTakeEachOthersHeadForTheirs() {
        trailWithAnchor();
        try (World other = new World(folder.resolve("other"))) {
            other.append(2);
            keeper(other, "head/b").anchor();
            other.append(1);
            keeper(other, "head/b").anchor();
            assertThat(other.writer.meters().damages.sum()).isZero();
        }
        try (World first = new World(folder)) {
            first.append(1);
            keeper(first).anchor();
            assertThat(first.writer.meters().damages.sum()).isZero();
        }
        assertThat(store.all).containsOnlyKeys("head", "head/b");
    }

    private void trailWithAnchor() {
        try (World world = new World(folder)) {
            world.append(5);
            keeper(world).anchor();
        }
    }

    private Keeper keeper(World world) {
        return keeper(world, "head");
    }

    private Keeper keeper(World world, String key) {
        return new Keeper(world.writer, () -> Optional.of(store), () -> 0, key, Clock.systemUTC());
    }

    private String stored() {
        return new String(store.all.get("head").value(), StandardCharsets.US_ASCII);
    }
}
