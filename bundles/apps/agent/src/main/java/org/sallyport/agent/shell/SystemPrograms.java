package org.sallyport.agent.shell;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Runs programs of the system by argument vector, never through a shell and never from the agent's search path. Blocks up to ten
 * seconds; output beyond 64 KiB is not read.
 */
final class SystemPrograms {
    private static final List<Path> FOLDERS =
            Stream.of("/usr/sbin", "/usr/bin", "/sbin", "/bin").map(Path::of).toList();
    private static final int MAX_OUTPUT = 64 * 1024;
    private static final long DEADLINE_SECONDS = 10;

    /** @param output of both streams, without surrounding blanks */
    record Result(int status, String output) {}

    Optional<Path> find(String name) {
        return FOLDERS.stream()
                .map(folder -> folder.resolve(name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** @throws ShellException the program is missing, cannot be started or takes too long */
    Result run(String name, List<String> arguments) throws ShellException {
        Path program = find(name)
                .orElseThrow(() -> new ShellException(
                        "The program %s is missing on this node; install it (%s)".formatted(name, FOLDERS)));
        List<String> argv = new ArrayList<>(List.of(program.toString()));
        argv.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(argv).directory(Path.of("/").toFile());
        builder.environment().clear();
        builder.environment().put("LC_ALL", "C");
        builder.environment().put("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
        builder.redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        try {
            return finish(name, builder.start());
        } catch (IOException e) {
            throw new ShellException("The program %s cannot be run: %s".formatted(program, e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ShellException("The agent is stopping", e);
        }
    }

    private static Result finish(String name, Process process)
            throws IOException, InterruptedException, ShellException {
        try (InputStream in = process.getInputStream()) {
            // A program that neither writes nor ends is ended by the watch; the read then returns.
            process.onExit().orTimeout(DEADLINE_SECONDS, TimeUnit.SECONDS).whenComplete((done, late) -> {
                if (late != null) {
                    process.destroyForcibly();
                }
            });
            String output = new String(in.readNBytes(MAX_OUTPUT), StandardCharsets.UTF_8).strip();
            if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
                throw new ShellException("The program %s did not end within %d s".formatted(name, DEADLINE_SECONDS));
            }
            return new Result(process.exitValue(), output);
        } finally {
            process.destroyForcibly();
        }
    }
}
