package org.sallyport.test.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** From a key press until the shell's echo of it is on the terminal; keys come as people type them, with pauses. */
final class KeyEcho implements Part {
    private static final int SHORTEST_PAUSE_MILLIS = 8;
    private static final int PAUSE_SPREAD_MILLIS = 30;

    @Override
    public void measure(Setting setting) throws Exception {
        List<Terminal> terminals = new ArrayList<>();
        List<Samples> samples = new ArrayList<>();
        try {
            for (Way way : setting.contenders()) {
                terminals.add(Terminal.shell(way));
                samples.add(new Samples());
            }
            for (Terminal terminal : terminals) {
                press(terminal, setting.sizes().keys(), new Samples(), new Random(0)); // warm
            }
            for (int round = 0; round < setting.sizes().rounds(); round++) {
                for (int i = 0; i < terminals.size(); i++) {
                    press(terminals.get(i), setting.sizes().keys(), samples.get(i), new Random(round));
                }
            }
        } finally {
            terminals.forEach(Terminal::close);
        }
        String keys = samples.get(0).count() + " keys each";
        setting.row("key press echo p50", "ms", at(samples, 0.5), "no slower", keys);
        setting.row("key press echo p99", "ms", at(samples, 0.99), "no slower", keys);
    }

    private static List<Double> at(List<Samples> samples, double share) {
        return samples.stream().map(s -> s.percentile(share)).toList();
    }

    private static void press(Terminal terminal, int keys, Samples into, Random random) throws Exception {
        for (int i = 0; i < keys; i++) {
            TimeUnit.MILLISECONDS.sleep(SHORTEST_PAUSE_MILLIS + random.nextInt(PAUSE_SPREAD_MILLIS));
            long pressed = System.nanoTime();
            terminal.type("x");
            terminal.await("x");
            into.nanosAsMillis(System.nanoTime() - pressed);
        }
        terminal.type("\u0003");
        terminal.awaitPrompt();
    }
}
