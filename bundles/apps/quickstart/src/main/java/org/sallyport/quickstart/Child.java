package org.sallyport.quickstart;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One program that this run started and must not leave behind. Its output goes to a log file. */
final class Child {
    private static final long GRACE_SECONDS = 10;
    private static final long KILL_SECONDS = 5;
    private static final int TAIL_BYTES = 2000;

    private final String name;
    private final Process process;
    private final Path log;

    private Child(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /**
     * Starts a program.
     *
     * @param environment is added to the environment of this process
     * @param input text for its standard input, which is closed after it
     */
    static Child start(String name, List<String> command, Map<String, String> environment, String input, Path log)
            throws IOException {
        Files.createDirectories(log.getParent());
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        if (input.isEmpty()) {
            builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        }
        Process process = builder.start();
        if (!input.isEmpty()) {
            try (var stdin = process.getOutputStream()) {
                stdin.write(input.getBytes(StandardCharsets.UTF_8));
            }
        }
        return new Child(name, process, log);
    }

    /** Waits for the program's end and returns whether it succeeded. */
    boolean succeeded(long seconds) throws InterruptedException {
        return process.waitFor(seconds, TimeUnit.SECONDS) && process.exitValue() == 0;
    }

    boolean alive() {
        return process.isAlive();
    }

    /** Asks the program to end, and ends it and what it started when it does not. After it none of them runs. */
    void stop() {
        stop(GRACE_SECONDS);
    }

    void stop(long graceSeconds) {
        Set<ProcessHandle> family = new LinkedHashSet<>(process.descendants().toList());
        process.destroy();
        try {
            if (!process.waitFor(graceSeconds, TimeUnit.SECONDS)) {
                process.descendants().forEach(family::add);
                family.add(process.destroyForcibly().toHandle());
            }
            family.forEach(ProcessHandle::destroyForcibly);
            for (ProcessHandle one : family) {
                one.onExit().get(KILL_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            family.forEach(ProcessHandle::destroyForcibly);
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            System.err.println(name + " could not be ended; its processes: " + family);
        }
    }

    /** Why it is not running, for a person: its last lines. */
    String lastWords() {
        String end = process.isAlive() ? " still runs" : " ended with status " + process.exitValue();
        return "%s%s. The end of %s:%n%s".formatted(name, end, log, tail());
    }

    private String tail() {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            file.seek(Math.max(0, file.length() - TAIL_BYTES));
            byte[] bytes = new byte[TAIL_BYTES];
            int length = Math.max(0, file.read(bytes));
            String text = new String(bytes, 0, length, StandardCharsets.UTF_8);
            return text.replaceAll("[\\p{Cc}&&[^\n\t]]", "?").strip();
        } catch (IOException e) {
            return "(no log: " + e.getMessage() + ")";
        }
    }
}
