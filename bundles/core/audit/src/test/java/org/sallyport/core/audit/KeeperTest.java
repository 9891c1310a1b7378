package org.sallyport.core.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.store.Records;

/** The head in the store finds what the files alone do not tell: a trail that was cut together with its own head. */
class KeeperTest {
    /** One record, with revisions. */
    private static final class OneRecord implements Records {
        private byte[] value;
        private long revision;
        private boolean away;

        @Override
        public Optional<Entry> get(String key) {
            present();
            return revision == 0 ? Optional.empty() : Optional.of(new Entry(key, value, revision));
        }

        @Override
        public Optional<Long> put(String key, byte[] wanted, long expectedRevision) {
            present();
            if (expectedRevision != revision) {
                return Optional.empty();
            }
            value = wanted;
            return Optional.of(++revision);
        }

        @Override
        public boolean delete(String key, long expectedRevision) {
            throw new UnsupportedOperationException("the head stays");
        }

        @Override
        public List<Entry> scan(String prefix, String afterKey, int limit) {
            throw new UnsupportedOperationException("its key is known");
        }

        private void present() {
            if (away) {
                throw new SallyportException(CommonError.SERVICE_AWAY, "away");
            }
        }
    }

    @TempDir
    Path folder;

    private final OneRecord store = new OneRecord();

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
            assertThat(store.revision).isEqualTo(2);
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

    private void trailWithAnchor() {
        try (World world = new World(folder)) {
            world.append(5);
            keeper(world).anchor();
        }
    }

    private Keeper keeper(World world) {
        return new Keeper(world.writer, () -> Optional.of(store), () -> 0, Clock.systemUTC());
    }

    private String stored() {
        return new String(store.value, StandardCharsets.US_ASCII);
    }
}
