package org.sallyport.agent;

import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Where the activation code comes from; never from the command line, which every user of the machine can see. */
final class ActivationCode {
    private static final String VARIABLE = "SALLYPORT_ACTIVATION_CODE";
    private static final int MAX_BYTES = 4096;

    private ActivationCode() {}

    /**
     * @param file first choice, null for none; then the variable, then a prompt or the standard input
     * @throws IOException there is none; the text says how to give one
     */
    static String read(Path file, Map<String, String> environment, Console console, InputStream input)
            throws IOException {
        String code;
        if (file != null) {
            try (InputStream in = Files.newInputStream(file)) {
                code = firstLine(in);
            }
        } else if (environment.containsKey(VARIABLE)) {
            code = environment.get(VARIABLE).strip();
        } else if (console != null) {
            char[] typed = console.readPassword("Activation code: ");
            code = typed == null ? "" : new String(typed).strip();
        } else {
            code = firstLine(input);
        }
        if (code.isEmpty()) {
            throw new IOException(
                    "No activation code given: use --code-file, the variable " + VARIABLE + " or the standard input");
        }
        return code;
    }

    private static String firstLine(InputStream in) throws IOException {
        String text = new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
        return text.lines().findFirst().orElse("").strip();
    }
}
