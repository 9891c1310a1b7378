package org.sallyport.cli.terminal;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;

/**
 * Follows what a terminal is shown, as far as it matters for a line of our own between: whether a program has the whole screen, and what
 * is begun and not ended of a control sequence. Not thread-safe.
 *
 * @see "ECMA-48, sections 5.4 and 5.6; xterm control sequences, DECSET 47, 1047 and 1049"
 */
final class OutputWatch {
    /** Of a sequence that is not ended; a longer one, such as a picture, cannot be begun again. */
    private static final int MOST_PARTIAL = 4096;

    private static final Set<String> WHOLE_SCREEN = Set.of("47", "1047", "1049");
    private static final int ESCAPE = 0x1b;

    private enum State {
        TEXT,
        ESCAPED,
        CONTROL,
        STRING,
        STRING_ESCAPED
    }

    private final ByteArrayOutputStream partial = new ByteArrayOutputStream();
    private State state = State.TEXT;
    private boolean wholeScreen;

    /** Whether a program shows its own picture on the alternate screen. */
    boolean wholeScreen() {
        return wholeScreen;
    }

    /** The begun sequence, to be sent again after it was broken off; empty between sequences. */
    byte[] partial() {
        return state == State.TEXT ? new byte[0] : partial.toByteArray();
    }

    void shown(byte[] bytes) {
        for (byte one : bytes) {
            take(one & 0xff);
        }
    }

    private void take(int c) {
        if (state == State.TEXT && c != ESCAPE) {
            return;
        }
        boolean cancelled = c == 0x18 || c == 0x1a;
        if (cancelled) {
            state = State.TEXT;
            return;
        }
        switch (state) {
            case TEXT -> begin();
            case ESCAPED -> escaped(c);
            case CONTROL -> control(c);
            case STRING -> string(c);
            case STRING_ESCAPED -> {
                if (c == '\\') {
                    state = State.TEXT;
                } else {
                    begin();
                    escaped(c);
                }
            }
        }
    }

    private void begin() {
        partial.reset();
        keep(ESCAPE);
        state = State.ESCAPED;
    }

    private void escaped(int c) {
        if (c == ESCAPE) {
            begin();
            return;
        }
        keep(c);
        switch (c) {
            case '[' -> state = State.CONTROL;
            case ']', 'P', 'X', '^', '_' -> state = State.STRING;
            default -> {
                boolean intermediate = c >= 0x20 && c <= 0x2f;
                if (!intermediate) {
                    wholeScreen &= c != 'c';
                    state = State.TEXT;
                }
            }
        }
    }

    private void control(int c) {
        if (c == ESCAPE) {
            begin();
            return;
        }
        keep(c);
        if (c >= 0x40 && c <= 0x7e) {
            state = State.TEXT;
            if (c == 'h' || c == 'l') {
                mode(c == 'h');
            }
        }
    }

    private void string(int c) {
        if (c == ESCAPE) {
            state = State.STRING_ESCAPED;
        } else if (c == 0x07) {
            state = State.TEXT;
        }
        keep(c);
    }

    private void mode(boolean set) {
        String text = partial.toString(StandardCharsets.ISO_8859_1);
        if (text.startsWith("\u001b[?")) {
            String[] numbers = text.substring(3, text.length() - 1).split(";");
            if (Arrays.stream(numbers).anyMatch(WHOLE_SCREEN::contains)) {
                wholeScreen = set;
            }
        }
    }

    private void keep(int c) {
        if (partial.size() < MOST_PARTIAL) {
            partial.write(c);
        }
    }
}
