package org.sallyport.core.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What lies in the folder, and what of it is finished: a file counts once it has stopped changing. */
final class PluginFolder {
    /** A file that looks the same for so long is complete; if its writer only paused, it changes again and is read again. */
    static final Duration SETTLE = Duration.ofMillis(100);
    /** Nobody is writing a file that was last written so long ago, for instance one that was moved here. */
    private static final Duration OLD = Duration.ofSeconds(2);
    /** A missing file may be between delete and copy for so long. */
    private static final Duration GONE = Duration.ofMillis(500);

    private final Path folder;
    private final Clock clock;
    private final Map<String, Seen> seen = new HashMap<>();

    PluginFolder(Path folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
    }

    /** Tells one content of a file from the next without reading it. */
    record Stamp(long size, Instant modified, String fileKey) {}

    /**
     * @param files finished files by name
     * @param calm whether nothing is being changed, so that what is missing is really gone
     */
    record Look(Map<String, Stamp> files, boolean calm) {}

    private record Seen(Optional<Stamp> stamp, Instant since) {}

    Path path(String file) {
        return folder.resolve(file);
    }

    /** @throws IOException when the folder cannot be read; nothing is known then */
    Look look() throws IOException {
        Instant now = clock.instant();
        Map<String, Stamp> present = list();
        present.forEach((name, stamp) -> note(name, Optional.of(stamp), now));
        for (String name : List.copyOf(seen.keySet())) {
            if (!present.containsKey(name)) {
                note(name, Optional.empty(), now);
            }
        }
        Map<String, Stamp> finished = new TreeMap<>();
        boolean calm = true;
        for (Map.Entry<String, Seen> entry : Map.copyOf(seen).entrySet()) {
            Seen file = entry.getValue();
            if (!settled(file, now)) {
                calm = false;
            } else if (file.stamp().isPresent()) {
                finished.put(entry.getKey(), file.stamp().get());
            } else {
                seen.remove(entry.getKey());
            }
        }
        return new Look(finished, calm);
    }

    private void note(String name, Optional<Stamp> stamp, Instant now) {
        Seen before = seen.get(name);
        if (before == null || !before.stamp().equals(stamp)) {
            seen.put(name, new Seen(stamp, now));
        }
    }

    private static boolean settled(Seen file, Instant now) {
        Duration unchanged = Duration.between(file.since(), now);
        return file.stamp()
                .map(stamp ->
                        unchanged.compareTo(SETTLE) >= 0 || stamp.modified().isBefore(now.minus(OLD)))
                .orElse(unchanged.compareTo(GONE) >= 0);
    }

    private Map<String, Stamp> list() throws IOException {
        List<Path> paths;
        try (Stream<Path> listed = Files.list(folder)) {
            paths = listed.toList();
        }
        Map<String, Stamp> files = new HashMap<>();
        for (Path path : paths) {
            String name = path.getFileName().toString();
            if (name.startsWith(".") || !name.endsWith(".jar")) {
                continue;
            }
            try {
                BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
                if (attributes.isRegularFile()) {
                    files.put(
                            name,
                            new Stamp(
                                    attributes.size(),
                                    attributes.lastModifiedTime().toInstant(),
                                    String.valueOf(attributes.fileKey())));
                }
            } catch (NoSuchFileException deletedMeanwhile) {
                // the next look sees it missing from the start
                continue;
            }
        }
        return files;
    }
}
