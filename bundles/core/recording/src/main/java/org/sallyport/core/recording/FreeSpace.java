package org.sallyport.core.recording;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sallyport.kernel.status.StatusPart.Reading;

/** Whether the folder of the journals would take a new session. */
final class FreeSpace {
    private static final long MIB = 1024L * 1024;

    private FreeSpace() {}

    static Reading read(Settings settings) {
        Path folder = settings.directory();
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("folder", folder.toString());
        facts.put("reserveMib", settings.reserveMib());
        // made with the first journal
        Path there = folder;
        while (Files.notExists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        long free = there.toFile().getUsableSpace() / MIB;
        facts.put("freeMib", free);
        if (!Files.isWritable(there)) {
            return new Reading(facts, List.of("the folder of the recordings cannot be written"));
        }
        return new Reading(
                facts,
                free >= settings.reserveMib()
                        ? List.of()
                        : List.of("the file system of the recordings has less than %d MiB free"
                                .formatted(settings.reserveMib())));
    }
}
