package org.sallyport.test.bench;

import java.util.ArrayList;
import java.util.List;

/** The whole command as a person types it: to the prompt, then {@code exit}, to its end. */
final class WholeCommand implements Part {
    @Override
    public void measure(Setting setting) throws Exception {
        List<Samples> prompts = new ArrayList<>();
        List<Samples> ends = new ArrayList<>();
        setting.contenders().forEach(way -> {
            prompts.add(new Samples());
            ends.add(new Samples());
        });
        for (int round = 0; round <= setting.sizes().wholeRounds(); round++) {
            for (int i = 0; i < prompts.size(); i++) {
                long began = System.nanoTime();
                try (Terminal terminal = Terminal.start(setting.contenders().get(i))) {
                    terminal.await("$ ");
                    long prompted = System.nanoTime();
                    terminal.type("exit\r");
                    terminal.awaitEnd();
                    if (round > 0) { // the first one is for the caches
                        prompts.get(i).nanosAsMillis(prompted - began);
                        ends.get(i).nanosAsMillis(System.nanoTime() - began);
                    }
                }
            }
        }
        String note = "median of %d, %s".formatted(setting.sizes().wholeRounds(), program());
        setting.row("whole command, to the prompt", "ms", medians(prompts), "no slower", note);
        setting.row("whole command, with exit", "ms", medians(ends), "no slower", note);
    }

    private static String program() {
        return Setting.commandLine().toString().contains("package-cli")
                ? "packaged command line with its own runtime"
                : "command line on this machine's Java";
    }

    private static List<Double> medians(List<Samples> samples) {
        return samples.stream().map(Samples::median).toList();
    }
}
