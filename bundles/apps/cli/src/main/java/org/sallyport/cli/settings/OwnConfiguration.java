package org.sallyport.cli.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code sallyport configure} keeps: one server, its pinned certificate authority and a key. The file is 0600 from its creation and
 * refused when others can read it.
 */
public record OwnConfiguration(String url, String region, String caPem, String accessKeyId, String secretAccessKey) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long MAX_BYTES = 1 << 20;

    public OwnConfiguration {
        for (String member : new String[] {url, region, caPem, accessKeyId, secretAccessKey}) {
            if (member == null || member.isBlank()) {
                throw new IllegalArgumentException("Server, region, authority and key must all be given");
            }
        }
    }

    /** {@code SALLYPORT_CONFIG}, else {@code .config/sallyport/config.json} under the home folder. */
    public static Path file(Map<String, String> environment, Path home) {
        return Optional.ofNullable(environment.get("SALLYPORT_CONFIG"))
                .filter(text -> !text.isBlank())
                .map(Path::of)
                .orElse(home.resolve(".config/sallyport/config.json"));
    }

    /** @throws IOException others can read the file, or it is not whole; empty when there is none */
    static Optional<OwnConfiguration> read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        if (!mode.endsWith("------")) {
            throw new IOException(
                    "%s holds a secret and others can read it (%s); run chmod 600 on it".formatted(file, mode));
        }
        if (Files.size(file) > MAX_BYTES) {
            throw new IOException("%s has more than 1 MiB; run sallyport configure again".formatted(file));
        }
        try {
            return Optional.of(JSON.readValue(Files.readAllBytes(file), OwnConfiguration.class));
        } catch (JsonProcessingException e) {
            throw new IOException("%s cannot be read; run sallyport configure again".formatted(file), e);
        }
    }

    /** Writes the file in one step: the old one stays until the new one is complete. */
    public void write(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path temporary = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(temporary);
        try (FileChannel out = FileChannel.open(
                temporary,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            ByteBuffer content = ByteBuffer.wrap(JSON.writeValueAsBytes(this));
            while (content.hasRemaining()) {
                out.write(content);
            }
            out.force(true);
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Keeps another authority in the file. What cannot be kept now is learned again by the next call. */
    void believing(String pem, Path file) {
        try {
            new OwnConfiguration(url, region, caPem.strip() + "\n" + pem, accessKeyId, secretAccessKey).write(file);
        } catch (IOException e) {
            // A folder that is read-only, or another call that keeps it right now: this call works without.
        }
    }

    @Override
    public String toString() {
        return "OwnConfiguration[" + url + ", " + accessKeyId + "]";
    }
}
