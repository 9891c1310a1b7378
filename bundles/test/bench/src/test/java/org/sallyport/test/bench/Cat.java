package org.sallyport.test.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** {@code cat} of a big file to the terminal: how fast it comes, and what it costs. */
final class Cat implements Part {
    private static final double MEBIBYTE = 1024 * 1024;

    @Override
    public void measure(Setting setting) throws Exception {
        List<Terminal> terminals = new ArrayList<>();
        List<Samples> speed = new ArrayList<>();
        List<Samples> cost = new ArrayList<>();
        List<Way> ways = setting.contenders();
        try (BigFile file = new BigFile(setting.sizes().catMebibytes());
                BigFile small = new BigFile(Math.max(1, setting.sizes().catMebibytes() / 10))) {
            for (Way way : ways) {
                terminals.add(Terminal.shell(way));
                speed.add(new Samples());
                cost.add(new Samples());
            }
            for (Terminal terminal : terminals) {
                show(terminal, small); // warm
            }
            for (int round = 0; round < setting.sizes().catRounds(); round++) {
                for (int i = 0; i < terminals.size(); i++) {
                    Terminal terminal = terminals.get(i);
                    double used = used(ways.get(i), terminal);
                    long began = System.nanoTime();
                    show(terminal, file);
                    speed.get(i).add(file.shownBytes() / MEBIBYTE / ((System.nanoTime() - began) / 1e9));
                    cost.get(i).add(used(ways.get(i), terminal) - used);
                }
            }
        } finally {
            terminals.forEach(Terminal::close);
        }
        String file = setting.sizes().catMebibytes() + " MiB, median of "
                + setting.sizes().catRounds();
        setting.row("cat to the terminal", "MiB/s", medians(speed), "more is better", file);
        setting.row("cat, processor time of all programs", "s", medians(cost), "", file);
    }

    private static double used(Way way, Terminal terminal) {
        return way.servers().getAsDouble() + CpuTime.of(List.of(terminal.handle()));
    }

    private static void show(Terminal terminal, BigFile file) throws IOException {
        terminal.type("cat " + file.path() + "; echo END$((40+2))\r");
        terminal.await("END42");
        terminal.awaitPrompt();
    }

    private static List<Double> medians(List<Samples> samples) {
        return samples.stream().map(Samples::median).toList();
    }
}
