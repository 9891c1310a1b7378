package org.sallyport.cli.terminal;

import java.io.ByteArrayOutputStream;

/**
 * Finds {@code ~.} at the start of a line, which leaves a session that does not answer any more; {@code ~~} types one tilde. As in
 * OpenSSH, the tilde counts only directly after Enter or at the very beginning. Not thread-safe.
 */
public final class EscapeKeys {

    /**
     * What is to be done with a read.
     *
     * @param bytes to send to the node
     * @param leave whether the person wants to leave; nothing after the escape is sent
     */
    public record Keys(byte[] bytes, boolean leave) {}

    private boolean lineStart = true;
    private boolean tilde;

    /** Looks through what was just typed. */
    public Keys typed(byte[] read, int length) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(length + 1);
        for (int i = 0; i < length; i++) {
            byte key = read[i];
            if (tilde) {
                tilde = false;
                if (key == '.') {
                    return new Keys(out.toByteArray(), true);
                }
                out.write('~');
                if (key != '~') {
                    out.write(key);
                }
                lineStart = key == '\r' || key == '\n';
            } else if (lineStart && key == '~') {
                tilde = true;
            } else {
                out.write(key);
                lineStart = key == '\r' || key == '\n';
            }
        }
        return new Keys(out.toByteArray(), false);
    }
}
