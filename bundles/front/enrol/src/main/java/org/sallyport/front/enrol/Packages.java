package org.sallyport.front.enrol;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The packages in the operator's folders, at most 64. They are looked for again when they are asked for, but not within two seconds; a file is
 * hashed once for each time and size that it has. Any thread.
 */
final class Packages {
    private static final Logger LOG = LoggerFactory.getLogger(Packages.class);
    private static final int MOST = 64;
    private static final long FRESH_NANOS = 2_000_000_000L;

    private final List<Path> folders;
    private Map<Path, AgentPackage> known = Map.of();
    private List<AgentPackage> listed = List.of();
    private long looked = System.nanoTime() - FRESH_NANOS;

    /** @param folders need not exist */
    Packages(List<Path> folders) {
        this.folders = List.copyOf(folders);
    }

    /** The newest first. */
    synchronized List<AgentPackage> list() {
        if (System.nanoTime() - looked >= FRESH_NANOS) {
            Map<Path, AgentPackage> found = new HashMap<>();
            folders.forEach(folder -> look(folder, found));
            known = found;
            listed = found.values().stream()
                    .sorted(Comparator.comparingLong(AgentPackage::changed)
                            .reversed()
                            .thenComparing(AgentPackage::name))
                    .toList();
            looked = System.nanoTime();
        }
        return listed;
    }

    /** One whose content has this hash. */
    Optional<AgentPackage> find(String sha256) {
        return list().stream().filter(one -> one.sha256().equals(sha256)).findFirst();
    }

    private void look(Path folder, Map<Path, AgentPackage> found) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, "sallyport-agent-*.{tar.gz,zip}")) {
            for (Path file : all) {
                if (found.size() + files.size() < MOST) {
                    files.add(file);
                }
            }
        } catch (IOException e) {
            LOG.warn("The agent's packages in {} cannot be listed: {}", folder, e.toString());
        }
        for (Path file : files) {
            try {
                read(file).ifPresent(one -> found.put(file, one));
            } catch (IOException e) {
                LOG.warn("The agent's package {} cannot be read: {}", file, e.toString());
            }
        }
    }

    private Optional<AgentPackage> read(Path file) throws IOException {
        String name = file.getFileName().toString();
        Optional<String> platform = AgentPackage.platform(name);
        BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (platform.isEmpty() || !is.isRegularFile() || is.size() == 0 || is.size() > AgentPackage.MOST_BYTES) {
            return Optional.empty();
        }
        long changed = is.lastModifiedTime().toMillis();
        AgentPackage before = known.get(file);
        if (before != null && before.size() == is.size() && before.changed() == changed) {
            return Optional.of(before);
        }
        LOG.info("Agent package {} is served to machines that enrol", name);
        return Optional.of(new AgentPackage(name, platform.get(), file, is.size(), changed, Sha256.of(file)));
    }
}
