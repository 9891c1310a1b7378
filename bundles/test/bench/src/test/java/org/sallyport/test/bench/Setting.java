package org.sallyport.test.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.sallyport.test.e2e.LiveSystem;

/**
 * What every measurement gets.
 *
 * @param live our server and agent
 * @param plugins the server's adapters, its own copies
 * @param ours a shell by our command line
 * @param peer a shell by OpenSSH, when it is there
 */
record Setting(LiveSystem live, Path plugins, Way ours, Optional<Way> peer, Sizes sizes, Report report) {

    /** How much is measured. */
    record Sizes(
            int rounds,
            int keys,
            int catMebibytes,
            int catRounds,
            int wholeRounds,
            int prompts,
            int startSeconds,
            int floodMebibytes,
            int swaps,
            int coldStarts) {
        static final Sizes USUAL = new Sizes(8, 60, 200, 3, 20, 100, 10, 50, 5, 3);

        /** Says only that everything still runs. */
        static final Sizes SHORT = new Sizes(1, 10, 2, 1, 2, 5, 2, 1, 1, 1);
    }

    /** Ours, the counterpart, and the counterpart again; in turn, so that the noise of the machine hits all of them. */
    List<Way> contenders() {
        return peer.map(way -> List.of(ours, way, way)).orElse(List.of(ours));
    }

    /** Adds a row of one value each for {@link #contenders}. */
    void row(String what, String unit, List<Double> values, String goal, String note) {
        report.add(
                values.size() == 1
                        ? Row.alone(what, unit, values.get(0), goal, note)
                        : Row.beside(what, unit, values.get(0), values.get(1), values.get(2), goal, note));
    }

    static Way ours(LiveSystem live) {
        return new Way(
                "sallyport",
                live.clientEnvironment(),
                List.of(commandLine().toString(), "start-session", "--target", live.nodeId()),
                () -> CpuTime.of(List.of(live.quickstart().toHandle())));
    }

    /** The packaged command line with its own runtime if it was made, else the one that runs on this machine's Java. */
    static Path commandLine() {
        Path packaged = LiveSystem.distro().resolve("package-cli");
        if (Files.isDirectory(packaged)) {
            try (Stream<Path> images = Files.list(packaged)) {
                Optional<Path> program = images.map(image -> image.resolve("bin/sallyport"))
                        .filter(Files::isExecutable)
                        .findFirst();
                if (program.isPresent()) {
                    return program.get();
                }
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
        return LiveSystem.program("cli/bin/sallyport");
    }
}
