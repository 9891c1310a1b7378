package org.sallyport.cli.audit;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sallyport.protocol.audit.TrailHead;
import org.sallyport.protocol.audit.TrailVerification;

/**
 * An audit trail as it lies on a disk.
 *
 * @param sources the files, by number
 * @param head what the file {@code head} beside them says, read before them
 */
public record TrailFiles(List<TrailVerification.Source> sources, Optional<TrailHead> head) {
    private static final Pattern NAME = Pattern.compile("audit-([0-9]{8})\\.jsonl");
    private static final int LONGEST_HEAD = 200;

    /**
     * Looks at a folder, or at one file of a trail.
     *
     * @throws IOException it cannot be read, or holds no trail
     */
    public static TrailFiles at(Path path) throws IOException {
        if (Files.isRegularFile(path)) {
            return new TrailFiles(List.of(source(path, number(path).orElse(1L))), Optional.empty());
        }
        if (!Files.isDirectory(path)) {
            throw new NoSuchFileException(path + ": there is no such file or folder");
        }
        Optional<TrailHead> head = head(path.resolve("head"));
        List<TrailVerification.Source> sources = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
            for (Path file : files) {
                number(file).ifPresent(number -> sources.add(source(file, number)));
            }
        }
        if (sources.isEmpty() && head.isEmpty()) {
            throw new IOException(path + " holds no audit trail: there is no file audit-<8 digits>.jsonl");
        }
        sources.sort(Comparator.comparingLong(TrailVerification.Source::number));
        return new TrailFiles(List.copyOf(sources), head);
    }

    private static TrailVerification.Source source(Path file, long number) {
        return new TrailVerification.Source(file.getFileName().toString(), number, () -> Files.newInputStream(file));
    }

    private static Optional<Long> number(Path file) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        return name.matches() ? Optional.of(Long.parseLong(name.group(1))) : Optional.empty();
    }

    private static Optional<TrailHead> head(Path file) throws IOException {
        if (!Files.isRegularFile(file) || Files.size(file) > LONGEST_HEAD) {
            return Optional.empty();
        }
        return TrailHead.parse(Files.readString(file));
    }
}
