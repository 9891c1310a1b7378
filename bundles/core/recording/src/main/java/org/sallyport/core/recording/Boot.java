package org.sallyport.core.recording;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the operating system calls the time since the machine was switched on. */
final class Boot {
    private static final Path ID = Path.of("/proc/sys/kernel/random/boot_id");
    private static final int MAX_BYTES = 64;

    private Boot() {}

    /** Empty where it does not say; then every opening counts as one after a power cut. */
    static String id() {
        try (var in = Files.newInputStream(ID)) {
            return new String(in.readNBytes(MAX_BYTES), StandardCharsets.US_ASCII).strip();
        } catch (IOException e) {
            return "";
        }
    }
}
