package org.sallyport.test.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A key pressed while a big file runs over the terminal: when its echo is there, behind all that was on its way before it. */
final class Flood implements Part {
    private static final long BETWEEN_BYTES = 256 * 1024;

    @Override
    public void measure(Setting setting) throws Exception {
        List<Samples> samples = new ArrayList<>();
        setting.contenders().forEach(way -> samples.add(new Samples()));
        List<Terminal> terminals = new ArrayList<>();
        try (BigFile file = new BigFile(setting.sizes().floodMebibytes())) {
            for (Way way : setting.contenders()) {
                terminals.add(Terminal.shell(way));
            }
            for (int round = 0; round < setting.sizes().catRounds(); round++) {
                for (int i = 0; i < terminals.size(); i++) {
                    during(terminals.get(i), file, samples.get(i));
                }
            }
        } finally {
            terminals.forEach(Terminal::close);
        }
        String note = "%d MiB printed, %d keys of ours"
                .formatted(setting.sizes().floodMebibytes(), samples.get(0).count());
        setting.row("key echo during output p50", "ms", at(samples, 0.5), "responsive", note);
        setting.row("key echo during output, longest", "ms", at(samples, 1), "responsive", note);
    }

    /** The file has digits only, so a letter is an echo; a key that is on its way is awaited before the next is pressed. */
    private static void during(Terminal terminal, BigFile file, Samples into) throws IOException {
        long until = terminal.received() + file.shownBytes();
        terminal.type("cat " + file.path() + "\r");
        terminal.await("\n");
        long last = until - file.shownBytes() / 10;
        while (terminal.received() < last) {
            long pressed = System.nanoTime();
            terminal.type("x");
            terminal.await("x");
            into.nanosAsMillis(System.nanoTime() - pressed);
            terminal.skipTo(Math.min(last, terminal.received() + BETWEEN_BYTES));
        }
        // The last key may have come after the shell's prompt; Ctrl-U takes back what was typed, whoever reads it.
        terminal.type("\u0015echo DONE$((40+2))\r");
        terminal.await("DONE42");
        terminal.awaitPrompt();
    }

    private static List<Double> at(List<Samples> samples, double share) {
        return samples.stream().map(s -> s.percentile(share)).toList();
    }
}
