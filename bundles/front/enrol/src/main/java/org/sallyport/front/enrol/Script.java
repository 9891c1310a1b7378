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

    /** The same for Windows. */
    static Script installOnWindows() {
        return named("install.ps1");
    }

    /** What the line is, but for its arguments: one line, without an apostrophe. */
    static String line() {
        return inOneLine("line.sh");
    }

    /** The same for PowerShell, braces included. */
    static String lineOnWindows() {
        return inOneLine("line.ps1");
    }

    private static String inOneLine(String name) {
        return new String(named(name).bytes(), StandardCharsets.US_ASCII)
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
