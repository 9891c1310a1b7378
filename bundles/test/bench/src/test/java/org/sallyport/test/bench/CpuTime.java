package org.sallyport.test.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Processor time of processes, which other load on the machine does not stretch as it does the time on the wall. */
final class CpuTime {
    private static final double TICKS_A_SECOND = 100;
    private static final int FIRST = 11;
    private static final int LAST = 14;

    private CpuTime() {}

    /** Seconds, of these, of what they started and runs, and of what they started and waited for. */
    static double of(List<ProcessHandle> roots) {
        return roots.stream()
                .flatMap(root -> Stream.concat(Stream.of(root), root.descendants()))
                .distinct()
                .mapToDouble(CpuTime::of)
                .sum();
    }

    private static double of(ProcessHandle process) {
        try {
            String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            long ticks = 0;
            for (int i = FIRST; i <= LAST; i++) {
                ticks += Long.parseLong(fields[i]);
            }
            return ticks / TICKS_A_SECOND;
        } catch (IOException e) {
            return 0; // it ended meanwhile
        }
    }
}
