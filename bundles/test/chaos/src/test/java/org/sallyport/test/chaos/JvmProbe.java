package org.sallyport.test.chaos;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a Java process holds, seen from outside. Needs {@link #OPTIONS}. */
final class JvmProbe {
    /** Options of the process that make it tell, and end at the first error of memory. */
    static final String OPTIONS = "-XX:NativeMemoryTracking=summary -XX:+ExitOnOutOfMemoryError";

    private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");
    private static final Pattern OTHER = Pattern.compile("Other \\(reserved=(\\d+)KB");
    private static final long JCMD_SECONDS = 60;

    /**
     * Bytes.
     *
     * @param heap live objects, after a full collection
     * @param direct outside of the heap: direct buffers
     */
    record Memory(long heap, long direct) {
        Memory minus(Memory other) {
            return new Memory(heap - other.heap, direct - other.direct);
        }

        @Override
        public String toString() {
            return "heap %.1f MiB, direct %.1f MiB".formatted(heap / 1048576.0, direct / 1048576.0);
        }
    }

    private final long pid;

    JvmProbe(long pid) {
        this.pid = pid;
    }

    /** Collects, then counts; unreachable direct buffers are freed by the first collection. */
    Memory memory() throws IOException, InterruptedException {
        jcmd("GC.run");
        long heap = number(TOTAL, jcmd("GC.class_histogram"));
        return new Memory(heap, 1024 * number(OTHER, jcmd("VM.native_memory", "summary")));
    }

    /** Classes with the most live bytes, for a person. */
    String largest() throws IOException, InterruptedException {
        return jcmd("GC.class_histogram").lines().limit(20).collect(Collectors.joining("\n"));
    }

    int threads() throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                .filter(line -> line.startsWith("Threads:"))
                .mapToInt(line -> Integer.parseInt(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
    }

    /** Names of threads without their numbers, counted. */
    Map<String, Long> threadNames() throws IOException, InterruptedException {
        return jcmd("Thread.print")
                .lines()
                .filter(line -> line.startsWith("\""))
                .map(line -> line.substring(1, line.indexOf('"', 1)).replaceAll("\\d+", "N"))
                .collect(Collectors.groupingBy(name -> name, TreeMap::new, Collectors.counting()));
    }

    /** What open descriptors point at, without numbers, counted. */
    Map<String, Long> descriptors() throws IOException {
        try (var all = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            return all.map(JvmProbe::target)
                    .collect(Collectors.groupingBy(t -> t, TreeMap::new, Collectors.counting()));
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().replaceAll("\\d+", "N");
        } catch (IOException e) {
            return "closed meanwhile";
        }
    }

    private String jcmd(String... command) throws IOException, InterruptedException {
        String program = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        List<String> all = new java.util.ArrayList<>(List.of(program, Long.toString(pid)));
        all.addAll(List.of(command));
        Process process = new ProcessBuilder(all).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(JCMD_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException(all + ": " + output);
        }
        return output;
    }

    private static long number(Pattern pattern, String text) throws IOException {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IOException("no " + pattern + " in " + text);
        }
        return Long.parseLong(matcher.group(1));
    }
}
