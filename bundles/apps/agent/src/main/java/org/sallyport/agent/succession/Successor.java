package org.sallyport.agent.succession;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.sallyport.agent.shell.InPlace;

/**
 * The program that follows this one: what the path by which this one was started names by then, with the same arguments.
 *
 * @param program absolute path of the start script
 * @param arguments of this agent
 */
public record Successor(Path program, List<String> arguments) {
    /** Set by the start script. */
    private static final String PROGRAM = "sallyport.app.program";

    /** The subcommand that answers. */
    public static final String ASKED = "inherits";

    private static final long ASK_SECONDS = 30;

    /** Empty where this agent was not started by its script. */
    public static Optional<Successor> of(List<String> arguments) {
        return Optional.ofNullable(System.getProperty(PROGRAM))
                .map(Path::of)
                .filter(Path::isAbsolute)
                .map(program -> new Successor(program, List.copyOf(arguments)));
    }

    /**
     * Starts it beside this one and asks whether it knows how to go on. Blocks up to half a minute; the sessions go on meanwhile.
     *
     * @throws IOException it does not start, or does not know this agent's format
     */
    void requireAble() throws IOException, InterruptedException {
        if (!Files.isExecutable(program)) {
            throw new IOException("there is no program %s to go on with".formatted(program));
        }
        Process asked = new ProcessBuilder(program.toString(), ASKED, Integer.toString(Estate.FORMAT))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            asked.getOutputStream().close();
            if (!asked.waitFor(ASK_SECONDS, TimeUnit.SECONDS) || asked.exitValue() != 0) {
                throw new IOException(
                        "%s does not know how to go on with the sessions of this agent".formatted(program));
            }
        } finally {
            asked.destroyForcibly();
        }
    }

    /** Returns only by its failure. */
    void becomeIt(Estate estate) throws IOException {
        int descriptor = estate.write();
        try {
            List<String> words = new ArrayList<>(List.of(program.toString()));
            words.addAll(arguments);
            Map<String, String> environment = new HashMap<>(System.getenv());
            environment.put(Estate.VARIABLE, Integer.toString(descriptor));
            Set<Integer> kept = new HashSet<>(estate.terminals());
            kept.add(descriptor);
            InPlace.become(program, words, environment, kept);
        } finally {
            InPlace.close(descriptor);
        }
    }
}
