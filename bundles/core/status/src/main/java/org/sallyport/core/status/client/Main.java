package org.sallyport.core.status.client;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** {@code sallyport-server status}: asks the server of a data folder how it is. Runs without the framework and starts fast. */
public final class Main {
    private static final int USAGE = 64;

    private Main() {}

    /** Exit status 0: healthy; 1: something is unsatisfied; 2: not running, or not ours to ask; 64: wrong arguments. */
    public static void main(String[] args) {
        List<String> options = Arrays.asList(args).subList(Math.min(1, args.length), args.length);
        if (args.length == 0 || !(options.isEmpty() || options.equals(List.of("--json")))) {
            System.err.println("Usage: sallyport-server status [--json]");
            System.exit(USAGE);
        }
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        int exit = StatusClient.ask(Path.of(args[0]), !options.isEmpty(), out, System.err);
        out.flush();
        System.exit(exit);
    }
}
