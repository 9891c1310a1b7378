package org.sallyport.front.enrol;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A static text of this bundle. */
record Script(byte[] bytes, String sha256) {

    /** What the line runs once it has checked it. */
    static Script install() {
        return named("install.sh");
    }

    /** What the line is, but for its arguments: one line, without an apostrophe. */
    static String line() {
        return new String(named("line.sh").bytes(), StandardCharsets.US_ASCII)
                .strip()
                .replaceAll("\\s*\n\\s*", " ");
    }

    private static Script named(String name) {
        try (InputStream in = Script.class.getResourceAsStream("/enrol/" + name)) {
            byte[] bytes = in.readAllBytes();
            return new Script(bytes, Sha256.of(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
