package org.sallyport.cli.settings;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** The pinned certificate authority in a file of its own, for programs that take no other form. */
public final class AuthorityFile {
    private AuthorityFile() {}

    /** Writes {@code config.ca.pem} beside {@code config.json}, unless it is the same already. @return its path */
    public static Path write(Path configuration, String caPem) throws IOException {
        String name = configuration.getFileName().toString().replaceFirst("\\.json$", "");
        Path file = configuration.resolveSibling(name + ".ca.pem");
        byte[] wanted = caPem.getBytes(StandardCharsets.US_ASCII);
        if (!Files.isRegularFile(file) || !Arrays.equals(Files.readAllBytes(file), wanted)) {
            PrivateFile.write(file, wanted);
        }
        return file;
    }
}
