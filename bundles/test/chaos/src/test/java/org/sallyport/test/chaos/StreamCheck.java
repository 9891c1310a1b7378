package org.sallyport.test.chaos;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Checks one direction of a session byte for byte: terminal talk up to {@code BEGIN} if there is any, then the lines, then {@code END} with
 * count, hash and perhaps a verdict about the other direction. One thread feeds it, any thread asks.
 */
final class StreamCheck {
    private static final int LONGEST_LINE = 4_096;

    private final String begin;
    private final HashedStream expected;
    private byte[] rest = new byte[0];
    private volatile boolean begun;
    private volatile boolean ended;
    private volatile String fault = "";
    private volatile String verdict = "";
    private volatile long lines;
    private volatile long bytes;

    private StreamCheck(String begin, HashedStream expected) {
        this.begin = begin;
        this.expected = expected;
        this.begun = begin.isEmpty();
    }

    /** What a node's program writes on a terminal. */
    static StreamCheck ofTerminal(String label) {
        return new StreamCheck("BEGIN " + label, new HashedStream(label, "out"));
    }

    /** @param direction {@code in} or {@code out} */
    static StreamCheck ofLines(String label, String direction) {
        return new StreamCheck("", new HashedStream(label, direction));
    }

    void feed(byte[] more) {
        if (ended || !fault.isEmpty()) {
            return;
        }
        byte[] all = Arrays.copyOf(rest, rest.length + more.length);
        System.arraycopy(more, 0, all, rest.length, more.length);
        int from = 0;
        for (int i = rest.length; i < all.length && !ended && fault.isEmpty(); i++) {
            if (all[i] == '\n') {
                line(Arrays.copyOfRange(all, from, i + 1));
                from = i + 1;
            }
        }
        rest = Arrays.copyOfRange(all, from, all.length);
        if (begun && rest.length > LONGEST_LINE) {
            fault = "a line without an end: " + start(rest);
        }
    }

    boolean begun() {
        return begun;
    }

    /** Both directions are through. */
    boolean ended() {
        return ended;
    }

    /** What is wrong with what came; empty when nothing is. */
    String fault() {
        return fault;
    }

    /** What the node says of what it got: {@code GOOD lines} or {@code FAULT …}. */
    String verdict() {
        return verdict;
    }

    long lines() {
        return lines;
    }

    long bytes() {
        return bytes;
    }

    private void line(byte[] line) {
        String text = new String(line, StandardCharsets.ISO_8859_1);
        if (!begun) {
            // A shell may have left an escape sequence on the line.
            begun = text.endsWith(begin + "\n");
            return;
        }
        if (text.startsWith("END ")) {
            end(text.strip().split(" ", 4));
            return;
        }
        byte[] due = expected.peek();
        if (!Arrays.equals(due, line)) {
            fault = "line %d expected, found %s".formatted(expected.lines(), describe(text));
            return;
        }
        expected.advance(line);
        lines = expected.lines();
        bytes = expected.bytes();
    }

    private void end(String[] words) {
        if (!words[1].equals(Long.toString(expected.lines())) || !words[2].equals(expected.digest())) {
            fault = "%s lines were sent, here are %d, or their hash is another".formatted(words[1], expected.lines());
        }
        verdict = words.length > 3 ? words[3] : "";
        ended = true;
    }

    private String describe(String text) {
        String number = text.replaceAll("^(\\d{1,18}) .*", "$1").strip();
        if (!number.matches("\\d+")) {
            return "no line of the stream: " + start(text.getBytes(StandardCharsets.ISO_8859_1));
        }
        long found = Long.parseLong(number);
        String kind = found < expected.lines() ? "doubled" : found > expected.lines() ? "some are lost" : "changed";
        return "line %d (%s): %s".formatted(found, kind, start(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static String start(byte[] bytes) {
        return new String(bytes, 0, Math.min(80, bytes.length), StandardCharsets.ISO_8859_1)
                .replaceAll("[^\\x20-\\x7e]", "?");
    }
}
