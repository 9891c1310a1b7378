package org.sallyport.test.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A file of lines of digits that every account of this machine can read. */
final class BigFile implements AutoCloseable {
    private static final int LINE = 80;

    private final Path path;
    private final long lines;

    BigFile(int mebibytes) throws IOException {
        path = Files.createTempFile(Path.of("/tmp"), "sallyport-bench-", ".txt");
        lines = mebibytes * 1024L * 1024 / LINE;
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(path), 1 << 20)) {
            for (long i = 0; i < lines; i++) {
                String number = Long.toString(i);
                out.write((number + "5".repeat(LINE - 1 - number.length()) + "\n").getBytes(StandardCharsets.US_ASCII));
            }
        }
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r--r--"));
    }

    Path path() {
        return path;
    }

    /** On a terminal, which shows a line's end as two characters. */
    long shownBytes() {
        return lines * (LINE + 1);
    }

    @Override
    public void close() throws IOException {
        Files.delete(path);
    }
}
