package org.sallyport.quickstart;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One program that this run started and must not leave behind. Its output goes to a log file. */
final class Child {
    private static final long GRACE_SECONDS = 10;
    private static final int TAIL_CHARACTERS = 2000;

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

    /** Asks the program to end, and ends it and what it started when it does not. */
    void stop() {
        List<ProcessHandle> descendants = process.descendants().toList();
        process.destroy();
        try {
            if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        descendants.forEach(ProcessHandle::destroyForcibly);
    }

    /** Why it is not running, for a person: its last lines. */
    String lastWords() {
        String text;
        try {
            text = Files.readString(log);
        } catch (IOException e) {
            text = "(no log: " + e.getMessage() + ")";
        }
        String tail = text.substring(Math.max(0, text.length() - TAIL_CHARACTERS));
        return "%s ended%s. The end of %s:%n%s"
                .formatted(name, process.isAlive() ? "" : " with status " + process.exitValue(), log, tail.strip());
    }
}
